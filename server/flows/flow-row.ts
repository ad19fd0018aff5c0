import type { FlowStatus, FlowSummary } from '#shared/api/flows.ts';

/** A flow as lists show it. */
export interface FlowRow {
  id: string;
  name: string;
  status: FlowStatus;
  version: number | null;
  changed: boolean;
  keywords: string[] | null;
  steps: number;
  running: number;
  started_lately: number;
  updated_at: Date;
  published_at: Date | null;
}

/**
 * Selects FlowRow from `f`, a row of flows. Keywords are those people can text: the newest version's, or the draft's before
 * there is one. `lately` is the place holder of the lowest id of a run that counts as started lately.
 */
export const selectFlow = (
  lately: string,
): string => `select f.id, f.name, f.status, v.number as version, f.changed,
    (select array_agg(word order by trigger.n, words.n) from jsonb_array_elements(coalesce(v.definition::jsonb, f.draft)->'triggers')
      with ordinality as trigger(value, n), jsonb_array_elements_text(trigger.value->'words') with ordinality as words(word, n)) as keywords,
    jsonb_array_length(f.draft->'nodes') as steps,
    (select greatest(coalesce(sum(c.delta), 0), 0)::int from flow_counters c
      where c.workspace_id = f.workspace_id and c.flow_id = f.id and c.key like 'wait %') as running,
    (select count(*)::int from runs r where r.workspace_id = f.workspace_id and r.flow_id = f.id and r.id >= ${lately}::uuid) as started_lately,
    f.updated_at, v.published_at
  from flows f left join flow_versions v on v.id = f.version_id`;

/** A row as the API tells it. */
export function toSummary(row: FlowRow): FlowSummary {
  const { id, name, status, version, changed, keywords, steps, running } = row;
  return {
    id,
    name,
    status,
    version,
    changed,
    keywords: keywords ?? [],
    steps,
    running,
    startedLately: row.started_lately,
    updatedAt: row.updated_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
  };
}
