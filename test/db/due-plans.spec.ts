import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { LaneConnection } from '#server/database/lane-connection.ts';
import { claimWakes, letGo } from '#server/wake-ups/wake-claims.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { phoneOf } from './support/hot-path.ts';

/** Runs that wait for a time still to come. */
const PENDING = 100_000;
const DUE = 300;
/** Texts in parts, of other people. */
const IN_PARTS = 20_000;
/** Rows of one table that may be looked at for each wake-up that is due. */
const ROWS_EACH = 4;

const now = Date.parse('2026-03-01T12:00:00Z');

let database: TestDatabase;
let workspace: TestWorkspace;
let lane: LaneConnection;

beforeAll(async () => {
  database = await createTestDatabase();
  workspace = await createWorkspace(database.source, { flows: [lineFlow('HELLO', saying('Hello'))] });
  lane = new LaneConnection(database.source);
  const { source } = database;
  const runs = `insert into runs (workspace_id, id, contact_id, sender_id, flow_id, version_id, status, node, place, context, seq, wake_at, started_at)
    select f.workspace_id, gen_random_uuid(), n.contact_id, $2, f.id, f.version_id, 'active', 'wait', 'wait', '{}', 1, n.wake_at, $3::timestamptz
    from flows f cross join`;
  await source.query(
    `${runs} (select gen_random_uuid() as contact_id, $3::timestamptz + n * interval '7 seconds' as wake_at
      from generate_series(1, ${PENDING}) n) n where f.workspace_id = $1`,
    [workspace.id, workspace.senderId, new Date(now)],
  );
  await source.query(
    `insert into contacts (workspace_id, id, phone, created_at)
     select $1, gen_random_uuid(), phone, $3 from unnest($2::text[]) phone`,
    [workspace.id, Array.from({ length: DUE }, (_, n) => phoneOf(n)), new Date(now)],
  );
  await source.query(
    `${runs} (select id as contact_id, $3::timestamptz - interval '1 minute' as wake_at from contacts where workspace_id = $1) n
     where f.workspace_id = $1`,
    [workspace.id, workspace.senderId, new Date(now)],
  );
  await source.query(
    `insert into long_texts (workspace_id, contact_id, gateway_id, to_address, reference, inbound_id, parts, first_at, due_at, done)
     select $1, gen_random_uuid(), $2, '1', '7', gen_random_uuid(), '[]', $3, $3, n % 2 = 0 from generate_series(1, ${IN_PARTS}) n`,
    [workspace.id, workspace.gatewayId, new Date(now)],
  );
}, 60_000);

afterAll(async () => {
  await lane?.drop();
  await database?.close();
});

const claim = (client: PoolClient, from: number | null = null) =>
  claimWakes(client, { until: now, from, except: [], most: 500 });

async function rowsRead(client: PoolClient): Promise<Map<string, number>> {
  const { rows } = await client.query<{ table: string; rows: number }>(
    'select relname as table, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables',
  );
  return new Map(rows.map((row) => [row.table, row.rows]));
}

/** PostgreSQL plans by what it knows of a table; whatever that is, those who wait cost nothing. Counted in rows: no clock decides. */
describe.each([
  ['nobody has ever counted', async () => undefined],
  ['were counted', () => database.source.query('vacuum analyze runs, long_texts')],
])('looking for due wake-ups among runs that %s', (_, prepare) => {
  beforeAll(async () => void (await prepare()), 60_000);

  test('looks at those that are due, and at no other', async () => {
    await lane.transaction(async (client) => {
      const before = await rowsRead(client);
      const due = await claim(client);
      const after = await rowsRead(client);
      expect(due).toHaveLength(DUE);
      const looked = [...after].map(([table, rows]) => [table, rows - (before.get(table) ?? 0)] as const);
      expect(looked.filter(([, rows]) => rows > DUE * ROWS_EACH)).toEqual([]);
      await letGo(client, due);
    });
  });

  test('looks at nothing where nothing is due, and behind what was fired', async () => {
    await lane.transaction(async (client) => {
      const before = await rowsRead(client);
      expect(await claimWakes(client, { until: now - 3_600_000, from: null, except: [], most: 500 })).toEqual(
        [],
      );
      expect(await claim(client, now)).toEqual([]);
      const after = await rowsRead(client);
      expect((after.get('runs') ?? 0) - (before.get('runs') ?? 0)).toBeLessThan(2);
    });
  });

  test('reads its range of the index', async () => {
    const { rows } = await lane.statement((client) =>
      client.query<{ 'QUERY PLAN': string }>(
        'explain select id from runs r where r.wake_at <= $1 order by r.wake_at limit 500 for no key update skip locked',
        [new Date(now)],
      ),
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Index Scan using runs_wake on runs/);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });
});
