import type { ClientBase } from 'pg';
import { idTime } from '../common/ids.ts';
import { type MonthlyTable, monthName } from './month.ts';
import { createPart, readParts } from './parts.ts';

/** Lays an empty table out in parts that meet at these ids, oldest first. */
export async function layParts(
  client: ClientBase,
  table: MonthlyTable,
  bounds: readonly string[],
): Promise<void> {
  const laid = await readParts(client, table);
  const model = laid[0]?.name;
  if (!model) return;
  for (const { name } of laid) {
    await client.query(`alter table ${table} detach partition ${name}`);
    await client.query(`alter table ${name} rename to ${name}_gone`);
  }
  const starts = [null, ...bounds];
  for (const [n, from] of starts.entries()) {
    const to = starts[n + 1] ?? null;
    const name = from === null ? 'early' : to === null ? 'later' : monthName(idTime(from));
    await createPart(client, table, { name: `${table}_${name}`, from, to }, `${model}_gone`);
  }
  for (const { name } of laid) await client.query(`drop table ${name}_gone`);
}
