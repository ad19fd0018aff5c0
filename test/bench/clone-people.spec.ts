import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { template } from '../db/support/flows.ts';
import { type HotPath, openHotPath } from '../db/support/hot-path.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace } from '../support/workspace.ts';
import { clonePeople } from './support/clone-people.ts';
import { phoneOf } from './support/phones.ts';

const PEOPLE = 300;
const TABLES = ['contacts', 'consents', 'consent_ledger', 'inbound', 'dedupe', 'outbound', 'runs', 'trail'];

let database: TestDatabase;
let path: HotPath;
let laid: unknown;

beforeAll(async () => {
  database = await createTestDatabase();
  const workspace = await createWorkspace(database.source, {
    flows: [template('double-opt-in')],
    lists: { news: 'double' },
  });
  path = await openHotPath(database.url, workspace, new ManualClock());
  await path.says(phoneOf(0), 'JOIN', { gatewayMessageId: 'a' });
  await path.says(phoneOf(0), 'YES', { gatewayMessageId: 'b' });
  laid = await layout();
  await clonePeople(database.source, { from: 1, to: PEOPLE });
});
afterAll(async () => {
  await path?.close();
  await database?.close();
});

/** Indexes, constraints and triggers; an index of a part of a table is called as PostgreSQL likes. */
async function layout(): Promise<unknown> {
  const indexes = await database.source.query(
    `select tablename, regexp_replace(indexdef, 'INDEX \\S+', 'INDEX') as definition from pg_indexes where schemaname = 'public' order by 1, 2`,
  );
  const constraints = await database.source.query(
    `select conrelid::regclass::text, contype, pg_get_constraintdef(oid) as definition from pg_constraint
     where connamespace = 'public'::regnamespace order by 1, 2, 3`,
  );
  const triggers = await database.source.query(
    'select tgrelid::regclass::text, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2',
  );
  return { indexes, constraints, triggers };
}

describe('copied people', () => {
  test('have what the first one has, each under ids and a number of their own', async () => {
    const counts = await Promise.all(
      TABLES.map(async (table) => {
        const [{ rows }] = await database.source.query(`select count(*)::int as rows from ${table}`);
        return [table, rows / PEOPLE];
      }),
    );
    expect(Object.fromEntries(counts)).toEqual({
      contacts: 1,
      consents: 1,
      consent_ledger: 2,
      inbound: 2,
      dedupe: 2,
      outbound: 2,
      runs: 1,
      trail: 2,
    });
    const [{ numbers }] = await database.source.query(
      'select count(distinct phone)::int as numbers from contacts c join runs r on r.contact_id = c.id',
    );
    expect(numbers).toBe(PEOPLE);
  });

  test('leave indexes, constraints and triggers as they were', async () => {
    expect(await layout()).toEqual(laid);
  });

  test('go on texting', async () => {
    expect(await path.says(phoneOf(PEOPLE - 1), 'JOIN')).toMatchObject({ accepted: true, status: 'decided' });
  });
});
