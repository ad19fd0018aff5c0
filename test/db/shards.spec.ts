import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Where a key could be held on one shard only by looking at all, or a row belongs to nobody whom a shard is chosen by. */
const WITHOUT_WORKSPACE = `
  with ours as (
    select c.oid, c.relname as name, array_agg(a.attname::text) as columns from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition group by 1, 2)
  select name from ours where not 'workspace_id' = any(columns) and columns && '{contact_id,run_id,flow_id}'
  union
  select name from ours join pg_index i on i.indrelid = oid and i.indisunique
  where 'workspace_id' = any(columns)
    and not exists (select from pg_attribute a where a.attrelid = oid and a.attname = 'workspace_id' and a.attnum = any(i.indkey))
  order by 1`;

test('every table is ready to be distributed by its workspace, but those that docs/scale.md names', async () => {
  const rows: { name: string }[] = await database.source.query(WITHOUT_WORKSPACE);
  const guide = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');
  const [, paragraph = ''] = /^- \*Citus\.\*(.*?)^\*\*/ms.exec(guide) ?? [];
  const named = [...paragraph.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
});
