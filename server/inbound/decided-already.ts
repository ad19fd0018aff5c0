import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import { ERASED_INBOUND_SQL } from '../database/erased.ts';
import type { Placed } from './place.ts';
import type { TextWork } from './work.ts';

/**
 * Texts that are tried again although they were decided meanwhile, or stand in the backlog: two people may ask for the same at once; or
 * although their person was erased. Under the contacts' locks; what comes from the backlog is told by its place there.
 */
export async function decidedAlready(
  client: PoolClient,
  placed: readonly Placed[],
): Promise<ReadonlyMap<TextWork, string>> {
  const again = placed.flatMap(({ work }) =>
    work.kind === 'text' && work.stored && !work.backlog ? [work] : [],
  );
  if (again.length === 0) return new Map();
  const { rows } = await client.query<{ id: string }>({
    name: 'decided-already',
    text: `select i.id from unnest($1::uuid[], $2::uuid[]) k(workspace_id, id)
      join inbound i on i.workspace_id = k.workspace_id and i.id = k.id where i.status in ('decided', 'pending') or ${ERASED_INBOUND_SQL}`,
    values: [columnOf('uuid', again, (work) => work.workspaceId), columnOf('uuid', again, (work) => work.id)],
  });
  const decided = new Set(rows.map(({ id }) => id));
  return new Map(again.filter(({ id }) => decided.has(id)).map((work) => [work, work.id]));
}
