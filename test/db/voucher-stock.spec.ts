import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { migrate } from '#server/database/migrate.ts';
import { Transactions } from '#server/database/transactions.ts';
import { migrations } from '#server/migrations/index.ts';
import type { VoucherClaim } from '#server/runtime/settling/open-request.ts';
import { claimVouchers } from '#server/runtime/settling/claim-vouchers.ts';
import { CodesRepository } from '#server/vouchers/codes/codes.repository.ts';
import { LinesRepository } from '#server/vouchers/loads/lines.repository.ts';
import { PoolsRepository } from '#server/vouchers/pools.repository.ts';
import { StockFolds } from '#server/vouchers/stock-folds.ts';
import { REST_MS, VoucherFatesRepository } from '#server/vouchers/voucher-fates.repository.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace } from '../support/workspace.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VERSIONS = [newId(1), newId(2)];
const ARMS = [{}, { deal: 'a' }, { deal: 'b' }];
const POOLS = ['spring', 'autumn'];

let database: TestDatabase;
let clock: ManualClock;
let workspaceId: string;
let pools: PoolsRepository;
let codes: CodesRepository;
let lines: LinesRepository;
let folds: StockFolds;
let transactions: Transactions;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  clock = new ManualClock('2026-03-05T15:20:00Z');
  const vouchers = { spring: names('S', 300), autumn: names('A', 100) };
  ({ id: workspaceId } = await createWorkspace(database.source, { vouchers }));
  transactions = new Transactions(database.source);
  pools = new PoolsRepository(transactions);
  codes = new CodesRepository(transactions);
  lines = new LinesRepository(transactions);
  folds = new StockFolds(database.source, clock, createLog('silent'));
});

const names = (letter: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => `${letter}-${from + n}`);
const now = () => new Date(clock.now());
const any = <Item>(items: readonly Item[]): Item | undefined =>
  items[Math.floor(Math.random() * items.length)];
const upTo = (most: number): number => 1 + Math.floor(Math.random() * most);

/** Where the stock is another than what a count of the codes says at the same moment. */
const WRONG = `select * from (
    select workspace_id, pool, version_id, arms::text, state, sum(n) as told from voucher_stock,
    lateral (values ('available', available), ('reserved', reserved), ('sent', sent), ('redeemed', redeemed)) s(state, n)
    group by 1, 2, 3, 4, 5 having sum(n) <> 0) t
  full join (
    select workspace_id, pool, version_id, arms::text, state, count(*) as counted from voucher_codes group by 1, 2, 3, 4, 5) c
  on (t.workspace_id, t.pool, t.state, coalesce(t.version_id::text, ''), coalesce(t.arms, ''))
   = (c.workspace_id, c.pool, c.state, coalesce(c.version_id::text, ''), coalesce(c.arms, ''))
  where told is distinct from counted`;
const rowsOf = async (): Promise<number> =>
  (await database.source.query('select count(*)::int as n from voucher_stock'))[0].n;

/** Gives so many codes, to people who come each for the first time; takes them back where `keeps` is false. */
const give = (pool: string, count: number, keeps = true): Promise<void> =>
  clientTransaction(database.source, async (client) => {
    const claims = Array.from({ length: count }, () => ({
      request: {
        kind: 'claim-voucher',
        pool,
        runId: newId(1),
        versionId: any(VERSIONS),
        arms: any(ARMS),
      },
      world: { workspaceId },
      contactId: newId(1),
      at: clock.now(),
    }));
    await claimVouchers(client, claims as unknown as VoucherClaim[]);
    if (!keeps) throw new Error('given up');
  });
const given = async (pool: string, state: string): Promise<string | undefined> =>
  any<{ code: string }>(
    await database.source.query(
      'select code from voucher_codes where workspace_id = $1 and pool = $2 and state = $3',
      [workspaceId, pool, state],
    ),
  )?.code;
const redeem = async (pool: string, code: string): Promise<void> =>
  transactions.run(async () => {
    const held = await codes.hold(workspaceId, pool, code, now());
    if (held && held.redeemedAt === null) await codes.redeem(workspaceId, pool, code, now(), now());
  });

test('the stock is what a count would say, at any moment, while many take, redeem, load, give back and remove', async () => {
  const fates = new VoucherFatesRepository(database.source);
  let isOver = false;
  let loaded = 1_000;
  const acts: readonly (() => Promise<unknown>)[] = [
    ...Array.from({ length: 4 }, () => () => give(any(POOLS) ?? '', upTo(8))),
    () => give('spring', upTo(8), false).catch(() => undefined),
    async () => {
      const code = await given('spring', 'reserved');
      await database.source.query(
        `update voucher_codes set state = 'sent', sent_at = now(), look_at = null where code = $1 and state = 'reserved'`,
        [code],
      );
    },
    async () => {
      const code = (await given('spring', 'sent')) ?? (await given('spring', 'reserved'));
      if (code) await redeem('spring', code);
    },
    async () => {
      clock.advance(REST_MS);
      await fates.look(now());
    },
    async () => {
      loaded += 50;
      const some = names('L', upTo(40), loaded);
      await transactions.run(async () => {
        await lines.add(workspaceId, any(POOLS) ?? '', [...some, 'L-1000']);
        if (Math.random() < 0.2) throw new Error('called back');
      });
    },
    async () => {
      await transactions.run(async () => {
        if (await pools.lock(workspaceId, 'autumn')) await pools.remove(workspaceId, 'autumn');
      });
      await createPool('autumn', names('A', 100));
    },
    () => folds.workDue(),
    () => folds.workDue(),
  ];
  let looks = 0;
  const look = async () => {
    while (!isOver) {
      expect(await database.source.query(WRONG)).toEqual([]);
      looks++;
    }
  };
  const watching = look();
  await Promise.all(
    acts.map(async (act) => {
      for (let turn = 0; turn < 60; turn++) {
        await act().catch((error: unknown) => {
          if (!/called back|deadlock/.test(String(error))) throw error;
        });
      }
    }),
  ).finally(() => {
    isOver = true;
  });
  await watching;
  expect(looks).toBeGreaterThan(20);
  expect(await database.source.query(WRONG)).toEqual([]);
  await folds.workDue();
  expect(await database.source.query(WRONG)).toEqual([]);
  const [{ rows }] = await database.source.query(
    `select count(*)::int as rows from (
       select distinct workspace_id, pool, version_id, arms, date_bin('1 hour', reserved_at, timestamptz 'epoch') from voucher_codes) d`,
  );
  expect(await rowsOf()).toBeLessThanOrEqual(rows);
}, 60_000);

const createPool = (key: string, some: readonly string[]) =>
  transactions.run(async () => {
    await pools.add(
      workspaceId,
      { key, name: key, description: '', onePerPerson: true, expiresOn: null },
      now(),
    );
    await lines.add(workspaceId, key, some);
  });

test('whoever takes a code waits for nobody who adds the stock up, or has taken one', async () => {
  await clientTransaction(database.source, async (client) => {
    await client.query('select * from voucher_stock for update');
    await give('spring', 3);
    await give('spring', 3);
  });
  expect((await pools.find(workspaceId, 'spring', now()))?.reserved).toBe(6);
});

test('how fast a pool empties is counted to the moment, though only hours are kept', async () => {
  const begun = clock.now();
  await give('spring', 7);
  clock.advance(30 * 60_000);
  await give('spring', 5);
  clock.set(begun + 3 * DAY);
  await give('spring', 20);
  await folds.workDue();
  const perDay = async (at: number) => (await pools.find(workspaceId, 'spring', new Date(at)))?.perDay;
  expect(await perDay(begun + 4 * DAY)).toBe(8);
  const week = begun + 7 * DAY;
  expect(await perDay(week - 1)).toBeCloseTo(32 / 7);
  expect(await perDay(week + 1)).toBeCloseTo(25 / (7 - 30 / 1_440), 2);
  expect(await perDay(week + HOUR)).toBeCloseTo(20 / (4 + 1 / 24), 2);
  clock.set(begun + 12 * DAY);
  const before = await rowsOf();
  await folds.workDue();
  expect(await rowsOf()).toBeLessThan(before);
  expect(await pools.find(workspaceId, 'spring', now())).toMatchObject({ reserved: 32, perDay: 0 });
  expect(await database.source.query(WRONG)).toEqual([]);
});

test('the codes of an older version are counted once by its upgrade', async () => {
  const empty = await createEmptyDatabase();
  const older = migrations.filter(
    (migration) => Number(/\d{13}$/.exec(new migration().name ?? '')) < 1763000000049,
  );
  const source = await createDataSource({ url: empty.url, migrations: older }).initialize();
  await migrate(source);
  await source.query(
    `insert into voucher_codes (workspace_id, pool, code, state, version_id, arms, reserved_at)
     select $1, 'pool-' || n % 3, n, (array['available', 'reserved', 'sent', 'redeemed'])[1 + n % 4],
       case when n % 4 > 0 then ($2::uuid[])[1 + n % 2] end, case when n % 4 > 0 then '{}'::jsonb end,
       case when n % 4 > 0 then timestamptz '2026-03-01' + n * interval '1 minute' end
     from generate_series(1, 1000) n`,
    [workspaceId, VERSIONS],
  );
  const newer = await createDataSource({ url: empty.url, migrations }).initialize();
  await migrate(newer);
  expect((await newer.query('select sum(available + sent)::int as n from voucher_stock'))[0].n).toBe(500);
  expect(await newer.query(WRONG)).toEqual([]);
  // A node of the older version still works.
  await source.query(`update voucher_codes set state = 'sent' where state = 'reserved' and pool = 'pool-1'`);
  expect(await newer.query(WRONG)).toEqual([]);
  await Promise.all([source.destroy(), newer.destroy()]);
  await empty.close();
});
