import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { classify } from '#server/database/lane-connection.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace } from '../support/workspace.ts';
import { counting } from './support/flows.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';

let database: TestDatabase;
let source: DataSource;
let path: HotPath;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
  const workspace = await createWorkspace(source, { flows: [counting('COUNT', 40)] });
  path = await openHotPath(database.url, workspace, new ManualClock());
});
afterAll(async () => {
  await path?.close();
  await database?.close();
});

/** Ends every connection to this database but the test's own, as a failover does. */
const cutConnections = (): Promise<unknown> =>
  source.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

describe('connections that are cut', () => {
  test('while nobody talks: the next text is asked for again until it is decided', async () => {
    await path.says(phoneOf(1), 'COUNT');
    await cutConnections();
    expect(await insist(phoneOf(1), 'x', '1')).toBe('1 after x');
  });

  test('again and again under load: what was refused and sent again is decided once', async () => {
    const people = Array.from({ length: 20 }, (_, n) => phoneOf(100 + n));
    let talking = true;
    let answers = 0;
    const cutting = (async () => {
      for (let before = 0; talking; before = answers) {
        // A machine that is too slow to answer anybody in 40 ms gets the time it needs.
        while (talking && answers === before) await new Promise((resolve) => setTimeout(resolve, 40));
        await cutConnections();
      }
    })();
    const heard = await Promise.all(
      people.map(async (person) => {
        const replies: string[] = [];
        for (let turn = 0; turn < 20; turn++) {
          replies.push(await insist(person, turn === 0 ? 'COUNT' : `t${turn}`, `${person} ${turn}`));
          answers++;
        }
        return replies;
      }),
    );
    talking = false;
    await cutting;
    const expected = Array.from({ length: 20 }, (_, turn) => (turn === 0 ? '0' : `${turn} after t${turn}`));
    expect(heard).toEqual(people.map(() => expected));
  });

  test('and come back to a standby, which only reads: what is refused there is decided by the next primary', async () => {
    const readOnly = (setting: string) =>
      source.query(`do $$ begin execute format('alter database %I ${setting}', current_database()); end $$`);
    await readOnly('set default_transaction_read_only = on');
    await cutConnections();
    for (let tries = 0; tries < 3; tries++) {
      const refused = await path.says(phoneOf(3), 'COUNT', { gatewayMessageId: '3' }).catch((error) => error);
      expect(refused).toMatchObject({ status: 503 });
    }
    await readOnly('reset default_transaction_read_only');
    expect(await insist(phoneOf(3), 'COUNT', '3')).toBe('0');
  });

  test('of the pool go as soon as they say that they only read, whoever holds them', async () => {
    const pool = createDataSource({ url: database.url, pool: 1 });
    await pool.initialize();
    const write = 'create table only_read ()';
    const writes: (() => Promise<unknown>)[] = [
      () => pool.query(write),
      () => pool.transaction((manager) => manager.query(write)),
      () => clientTransaction(pool, (client) => client.query(write)),
    ];
    for (const work of writes) {
      await pool.query('set default_transaction_read_only = on');
      await expect(work()).rejects.toMatchObject({ code: '25006' });
      await work();
      await pool.query('drop table only_read');
    }
    await pool.destroy();
  });

  test('of the pool go with statements from before a migration', async () => {
    const pool = createDataSource({ url: database.url, pool: 1 });
    await pool.initialize();
    await pool.query('create table moved (one int4)');
    const read = () =>
      clientTransaction(pool, (client) => client.query({ name: 'moved', text: 'select * from moved' }));
    await read();
    await source.query('alter table moved alter column one type text');
    await expect(read()).rejects.toMatchObject({ code: '0A000' });
    expect((await read()).rows).toEqual([]);
    await pool.query('drop table moved');
    await pool.destroy();
  });

  test('are made anew where a migration changed what their statements return', async () => {
    expect(await insist(phoneOf(4), 'COUNT', '4')).toBe('0');
    for (const type of ['json', 'jsonb']) {
      await source.query(`alter table runs alter column context type ${type} using context::${type}`);
      expect(await insist(phoneOf(4), type, type)).toMatch(new RegExp(`after ${type}$`));
    }
    await source.query('alter table runs alter column context type json using context::json');
  });
});

/** Sends a text until it is acknowledged, as a gateway does. */
async function insist(person: string, text: string, gatewayMessageId: string): Promise<string> {
  for (;;) {
    const answer = await path.says(person, text, { gatewayMessageId }).catch((error) => {
      expect(error).toMatchObject({ status: 503 });
      return null;
    });
    if (answer?.status === 'decided') return answer.replies[0]?.text ?? '';
    if (answer) throw new Error(`${answer.status}: ${answer.reason}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('an error without a code', () => {
  test.each([
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
    'Cannot use a pool after calling end on the pool',
  ])('"%s" means that the database is away', (message) => {
    expect(classify(new Error(message))).toBe('lost');
  });

  test.each(['This step has no connection.', 'A timeout needs a port.', 'The contest is closed.'])(
    '"%s" is about the data',
    (message) => {
      expect(classify(new Error(message))).toBe('data');
    },
  );

  test.each([
    ['40P01', 'again'],
    ['40001', 'again'],
    ['23505', 'data'],
    ['22P02', 'data'],
    ['57P01', 'lost'],
    ['08006', 'lost'],
    ['53300', 'lost'],
    ['25P03', 'lost'],
    ['25006', 'lost'],
    ['0A000', 'lost'],
    ['ECONNREFUSED', 'lost'],
    ['EPIPE', 'lost'],
    ['ERR_STREAM_DESTROYED', 'lost'],
    ['ERR_OUT_OF_RANGE', 'data'],
    ['ENOENT', 'lost'],
  ])('the code %s means %s', (code, meaning) => {
    expect(classify(Object.assign(new Error('x'), { code }))).toBe(meaning);
  });
});
