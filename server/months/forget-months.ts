import type { ClientBase } from 'pg';
import { takeTurn } from './cut-months.ts';
import type { MonthlyTable } from './month.ts';
import { openWork } from './open-work.ts';
import { createPart, type Part, readParts } from './parts.ts';

/** Up to which id whole parts could go that hold nothing from `keepFrom` on; null where there is nothing to forget. */
export async function forgettable(
  client: ClientBase,
  table: MonthlyTable,
  keepFrom: string,
): Promise<string | null> {
  const old = (await readParts(client, table)).filter(({ to }) => to !== null && to <= keepFrom);
  const [first, ...months] = old;
  if (!first) return null;
  if (months.length === 0) {
    const { rowCount } = await client.query(`select from ${first.name} limit 1`);
    if (rowCount === 0) return null;
  }
  return old.at(-1)?.to ?? null;
}

/**
 * Drops the parts of a table before an id, in the caller's transaction. Returns their names, or what is still to be done about
 * their texts: then the caller rolls back. The first part reaches to `before` afterwards and is empty.
 */
export async function dropBefore(
  client: ClientBase,
  table: MonthlyTable,
  before: string,
): Promise<{ dropped: string[] } | { open: string }> {
  await takeTurn(client);
  const old = (await readParts(client, table)).filter(({ to }) => to !== null && to <= before);
  const names = old.map(({ name }: Part) => name);
  for (const name of names) await client.query(`alter table ${table} detach partition ${name}`);
  // Nobody writes now, so what is found is all there is.
  const open = await openWork(client, before);
  if (open !== null) return { open };
  for (const name of names) await client.query(`alter table ${name} rename to ${name}_gone`);
  const [first] = names;
  if (first) await createPart(client, table, { name: first, from: null, to: before }, `${first}_gone`);
  for (const name of names) await client.query(`drop table ${name}_gone`);
  return { dropped: names };
}
