import type { ClientBase } from 'pg';
import { idTime, lowestId } from '../common/ids.ts';
import { type MonthlyTable, monthName, monthStart } from './month.ts';
import { createPart, type Part, readParts } from './parts.ts';

/** How many months ahead of the present one have partitions of their own. */
const MONTHS_AHEAD = 2;
/** Any number that nothing else takes on the same database: whoever changes parts asks for this lock first. */
const PARTS_LOCK = 7_839_548_216;
/** Everybody who writes waits behind a change of parts, which waits for a backup, say. It gives up and comes again. */
const PATIENCE = '500ms';

/** Takes the turn to change parts, until the transaction ends. */
export async function takeTurn(client: ClientBase): Promise<void> {
  await client.query(`set local lock_timeout = '${PATIENCE}'`);
  await client.query('select pg_advisory_xact_lock($1)', [PARTS_LOCK]);
}

/** Cuts parts for this month and those that come next off the last part. Returns the names of the new ones. */
export async function cutMonths(client: ClientBase, table: MonthlyTable, now: number): Promise<string[]> {
  const months = Array.from({ length: MONTHS_AHEAD + 2 }, (_, n) => lowestId(monthStart(now, n)));
  return await cutAt(client, table, months);
}

/** Cuts the last part at those of these ids that lie in it, oldest first, in the caller's transaction. */
async function cutAt(client: ClientBase, table: MonthlyTable, ids: readonly string[]): Promise<string[]> {
  if (inLast(await readParts(client, table), ids).length === 0) return [];
  await takeTurn(client);
  // Somebody else may have had the turn before.
  const parts = await readParts(client, table);
  const last = parts.at(-1);
  const cuts = inLast(parts, ids);
  if (!last || cuts.length === 0) return [];
  await client.query(`alter table ${table} detach partition ${last.name}`);
  await client.query(`alter table ${last.name} rename to ${table}_cut`);
  const made: string[] = [];
  let from = last.from;
  for (const to of cuts) {
    const name = `${table}_${from === null ? 'early' : monthName(idTime(from))}`;
    await createPart(client, table, { name, from, to }, `${table}_cut`);
    made.push(name);
    from = to;
  }
  await createPart(client, table, { ...last, from }, `${table}_cut`);
  // Empty but for the rows of wrong clocks, unless nobody was there to cut for months.
  await client.query(`insert into ${table} select * from ${table}_cut`);
  await client.query(`drop table ${table}_cut`);
  return made;
}

function inLast(parts: readonly Part[], ids: readonly string[]): string[] {
  const from = parts.at(-1)?.from ?? null;
  return ids.filter((id) => from === null || id > from);
}
