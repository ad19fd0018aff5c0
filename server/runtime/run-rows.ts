import { hasEnded } from '#flows/engine/step.ts';
import type { PublishedFlow, Run } from '#flows/engine/world.ts';
import { batchStatement } from '../database/write-set.ts';
import type { RunRow } from '../inbound/read-facts.ts';
import type { Scene } from './scene.ts';

const insertRun = batchStatement(
  'run_inserts',
  {
    workspace_id: 'uuid',
    id: 'uuid',
    contact_id: 'uuid',
    sender_id: 'uuid',
    flow_id: 'uuid',
    version_id: 'uuid',
    status: 'text',
    outcome: 'text',
    node: 'text',
    place: 'text',
    context: 'jsonb',
    seq: 'int4',
    wake_at: 'timestamptz',
    keyword: 'text',
    medium: 'text',
    rest: 'text',
    started_at: 'timestamptz',
    ended_at: 'timestamptz',
  },
  (
    rows,
  ) => `insert into runs (workspace_id, id, contact_id, sender_id, flow_id, version_id, status, outcome, node, place, context, seq,
      wake_at, keyword, medium, rest, started_at, ended_at)
    select * from ${rows}`,
);

/** Guarded by the sequence that was read: a run that somebody else moved meanwhile is not touched, and the batch notices. */
const updateRun = batchStatement(
  'run_updates',
  {
    workspace_id: 'uuid',
    id: 'uuid',
    seq_read: 'int4',
    status: 'text',
    outcome: 'text',
    node: 'text',
    place: 'text',
    context: 'jsonb',
    seq: 'int4',
    wake_at: 'timestamptz',
    ended_at: 'timestamptz',
  },
  (
    rows,
  ) => `update runs r set status = n.status, outcome = n.outcome, node = n.node, place = n.place, context = n.context,
      seq = n.seq, wake_at = n.wake_at, ended_at = n.ended_at
    from ${rows} where r.workspace_id = n.workspace_id and r.id = n.id and r.seq = n.seq_read`,
);

const insertTrail = batchStatement(
  'trail_rows',
  { workspace_id: 'uuid', run_id: 'uuid', id: 'uuid', cause_id: 'uuid', at: 'timestamptz', steps: 'jsonb' },
  (rows) => `insert into trail (workspace_id, run_id, id, cause_id, at, steps) select * from ${rows}`,
);

/** A run as it was read, so that its update can be guarded and its move counted. */
export interface RunBefore {
  senderId: string;
  seq: number;
  node: string;
}

/** A stored run, made ready for the engine. */
export function runFromRow(row: RunRow, flow: PublishedFlow): Run {
  return {
    id: row.id,
    flow,
    position: { node: row.node, place: row.place, context: row.context },
    seq: row.seq,
    status: row.status,
    outcome: null,
    wakeAt: row.wake_at,
    startedAt: row.started_at,
    entry: { keyword: row.keyword, medium: row.medium, rest: row.rest },
  };
}

/** Writes a run that a decision created or changed. Returns whether it was there before. */
export function writeRun(run: Run, before: RunBefore | undefined, scene: Scene): boolean {
  const { node, place, context } = run.position;
  const state = {
    workspace_id: scene.workspaceId,
    id: run.id,
    status: run.status,
    outcome: run.outcome,
    node,
    place,
    context: JSON.stringify(context),
    seq: run.seq,
    wake_at: run.wakeAt,
    ended_at: hasEnded(run.position) ? scene.at : null,
  };
  if (before) {
    scene.writes.add(updateRun, { ...state, seq_read: before.seq });
    return true;
  }
  scene.writes.add(insertRun, {
    ...state,
    contact_id: scene.contactId,
    sender_id: scene.sender.id,
    flow_id: run.flow.flowId,
    version_id: run.flow.versionId,
    keyword: run.entry.keyword,
    medium: run.entry.medium,
    rest: run.entry.rest,
    started_at: run.startedAt,
  });
  return false;
}

/** Writes what happened to a run, step by step. */
export function writeTrail(runId: string, steps: readonly object[], scene: Scene): void {
  scene.writes.add(insertTrail, {
    workspace_id: scene.workspaceId,
    run_id: runId,
    id: scene.newId(),
    cause_id: scene.causeId,
    at: scene.at,
    steps: JSON.stringify(steps),
  });
}
