import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Transactions } from '#server/database/transactions.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let transactions: Transactions;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.source.query('create table noted (what text)');
  transactions = new Transactions(database.source);
});
afterAll(() => database.close());
beforeEach(() => database.source.query('truncate noted'));

const note = (what: string): Promise<unknown> =>
  transactions.manager.query('insert into noted values ($1)', [what]);
const noted = async (): Promise<string[]> => {
  const rows: { what: string }[] = await database.source.query('select what from noted order by what');
  return rows.map(({ what }) => what);
};

function promised(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('transactions', () => {
  it('keep what is theirs apart, also while others end', async () => {
    const { promise: hasBegun, resolve: begin } = promised();
    const { promise: hasEnded, resolve: end } = promised();
    const long = transactions.run(async () => {
      await note('long, before');
      begin();
      await hasEnded;
      await note('long, after');
      throw new Error('Taken back.');
    });
    const taken = expect(long).rejects.toThrow('Taken back.');
    await hasBegun;
    await transactions.run(() => note('short'));
    await transactions.rehearse(() => note('rehearsed'));
    await note('alone');
    end();
    await taken;
    expect(await noted()).toEqual(['alone', 'short']);
  });

  it('join the one they are in, and do what is left for afterwards once it is committed', async () => {
    const done: string[] = [];
    await transactions.run(async () => {
      await transactions.run(async () => {
        await note('inner');
        transactions.afterCommit(() => done.push('after'));
      });
      await transactions.rehearse(() => note('rehearsed'));
      await note('outer');
      done.push('before');
    });
    expect(done).toEqual(['before', 'after']);
    expect(await noted()).toEqual(['inner', 'outer']);
  });
});
