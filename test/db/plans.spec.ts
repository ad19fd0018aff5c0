import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { SystemClock } from '#server/common/clock.ts';
import { lowestId, newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { KEPT_PLANS, LaneConnection } from '#server/database/lane-connection.ts';
import { BatchDecider } from '#server/inbound/batch.ts';
import type { Work } from '#server/inbound/work.ts';
import { layParts } from '#server/months/lay-parts.ts';
import { MONTHLY_TABLES, monthStart } from '#server/months/month.ts';
import { CLAIM_SETTINGS } from '#server/outbound/claim.ts';
import type { ClaimedText } from '#server/outbound/read-claimed.ts';
import { settle } from '#server/outbound/settle.ts';
import { settleTaken } from '#server/outbound/settle-taken.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { Handover } from '#server/runtime/handover.ts';
import { WorldCache } from '#server/runtime/world-cache.ts';
import { claimDue } from '../support/claim.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { SENDER } from '../support/phone-stage.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';

/** People that come all at once, after the database has seen next to nobody. */
const CROWD = 6_000;
const BATCH = 100;
/** Rows of one table that a statement may look at for each text: its own few, never the crowd's. */
const ROWS_EACH = 8;

const BEGINNING = Date.parse('2026-03-31T12:00:00Z');

/**
 * PostgreSQL plans by what it knows of a table's size, and keeps plans. A morning without texts, an evening with a television
 * spot: what was planned for empty tables must not read whole ones. Counted in rows, so that no clock decides.
 */
describe.each([
  ['nobody has ever counted', async () => undefined, BEGINNING],
  [
    'were counted while empty, in a month that has just begun',
    (source: DataSource) => source.query('vacuum analyze'),
    Date.parse('2026-04-01T00:00:00Z'),
  ],
])('a crowd meets tables that %s', (_, prepare, crowded) => {
  let at = BEGINNING;
  let database: TestDatabase;
  let source: DataSource;
  let workspace: TestWorkspace;
  let decider: BatchDecider;
  let lane: LaneConnection;
  let sender: LaneConnection;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = database.source;
    const months = [-1, 0, 1, 2].map((after) => lowestId(monthStart(BEGINNING, after)));
    for (const table of MONTHLY_TABLES)
      await clientTransaction(source, (client) => layParts(client, table, months));
    workspace = await createWorkspace(source, {
      flows: [template('double-opt-in')],
      lists: { news: 'double' },
    });
    const flows = new FlowCache(source, createLog('silent'));
    decider = new BatchDecider(
      new WorldCache(source, flows),
      flows,
      new SystemClock(),
      createLog('silent'),
      new Handover(),
    );
    [lane, sender] = [new LaneConnection(source, KEPT_PLANS), new LaneConnection(source, CLAIM_SETTINGS)];
    // A few texts, so that every statement has its plan; all of them are sent and forgotten.
    for (let n = 0; n < 12; n++)
      for (const text of ['JOIN', 'YES', 'STOP']) await lane.transaction((c) => say(c, text, [n]));
    while ((await send()) > 0);
    await prepare(source);
    for (let n = 12; n < 24; n++) {
      for (const text of ['JOIN', 'YES', 'STOP']) await lane.transaction((c) => say(c, text, [n]));
      while ((await send()) > 0);
    }
    await prepare(source);
    // The crowd, as it comes: batch by batch.
    at = crowded;
    for (let from = 100; from < 100 + CROWD; from += BATCH) {
      await lane.transaction((c) => say(c, 'JOIN', people(from)), { size: BATCH });
    }
  }, 60_000);

  afterAll(async () => {
    await lane?.drop();
    await sender?.drop();
    await database?.close();
  });

  const people = (from: number): number[] => Array.from({ length: BATCH }, (_, n) => from + n);

  const say = (client: PoolClient, text: string, numbers: readonly number[]) =>
    decider.decide(
      client,
      numbers.map((n) => work(text, n)),
    );

  const work = (text: string, n: number): Work => ({
    kind: 'text',
    id: newId(at),
    workspaceId: workspace.id,
    gatewayId: workspace.gatewayId,
    phone: phoneOf(n),
    reachable: true,
    from: phoneOf(n),
    to: SENDER.address,
    text,
    gatewayMessageId: `${text}-${n}`,
    extra: null,
    at,
    done: () => undefined,
  });

  async function send(): Promise<number> {
    const texts = await sender.transaction((client) => claimDue(client, at, BATCH));
    await sender.transaction((client) =>
      settle(
        client,
        texts.map((text) => ({
          text,
          status: 'delivered',
          reason: null,
          gatewayMessageId: text.id,
          reports: false,
          dueAt: at,
          held: false,
        })),
        at,
      ),
    );
    return texts.length;
  }

  /** Rows that `act` looked at in its transaction, by table, where that is more than a few for each text. */
  async function looked(connection: LaneConnection, act: (client: PoolClient) => Promise<unknown>) {
    return await connection.transaction(async (client) => {
      const before = await rowsRead(client);
      await act(client);
      const after = await rowsRead(client);
      return [...after].flatMap(([table, rows]) => {
        const read = rows - (before.get(table) ?? 0);
        return read > BATCH * ROWS_EACH ? [`${table}: ${read}`] : [];
      });
    });
  }

  async function rowsRead(client: PoolClient): Promise<Map<string, number>> {
    const { rows } = await client.query<{ table: string; rows: number }>(
      `select relname as table, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables`,
    );
    return new Map(rows.map((row) => [row.table, row.rows]));
  }

  test('a batch of new people looks at its own rows', async () => {
    expect(await looked(lane, (client) => say(client, 'JOIN', people(50_000)))).toEqual([]);
  });

  test('a batch of answers looks at its own rows', async () => {
    expect(await looked(lane, (client) => say(client, 'YES', people(200)))).toEqual([]);
  });

  test('a batch of STOPs looks at its own rows', async () => {
    expect(await looked(lane, (client) => say(client, 'STOP', people(300)))).toEqual([]);
  });

  test('the sender looks at what it claims, and at what it settles', async () => {
    let texts: ClaimedText[] = [];
    expect(
      await looked(sender, async (client) => {
        texts = await claimDue(client, at, BATCH);
      }),
    ).toEqual([]);
    expect(texts).toHaveLength(BATCH);
    const settled = texts.map((text, n) => ({
      text,
      status: n % 2 === 0 ? ('sent' as const) : ('queued' as const),
      reason: null,
      gatewayMessageId: null,
      reports: true,
      dueAt: at + 1,
      held: n % 4 === 1,
    }));
    expect(await looked(sender, (client) => settle(client, settled, at))).toEqual([]);
    const sent = settled.map((one) => ({ ...one, status: 'sent' as const, gatewayMessageId: one.text.id }));
    expect(await looked(sender, (client) => settleTaken(client, sent, at))).toEqual([]);
  });
});
