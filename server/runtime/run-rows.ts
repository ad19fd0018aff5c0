import type { RunContext } from '#flows/engine/run-context.ts';
import { hasEnded } from '#flows/engine/step.ts';
import type { PublishedFlow, Run, TrailStep } from '#flows/engine/world.ts';
import { batchStatement } from '../database/write-set.ts';
import type { RunRow } from './read-facts.ts';
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
    context: 'json',
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

/** Guarded by the sequence that was read: a run that somebody else moved meanwhile is not touched, and the batch fails. */
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
    context: 'json',
    seq: 'int4',
    wake_at: 'timestamptz',
    ended_at: 'timestamptz',
  },
  (
    rows,
  ) => `update runs r set status = n.status, outcome = n.outcome, node = n.node, place = n.place, context = n.context,
      seq = n.seq, wake_at = n.wake_at, ended_at = n.ended_at
    from ${rows} where r.workspace_id = n.workspace_id and r.id = n.id and r.seq = n.seq_read`,
  { whole: true },
);

const insertTrail = batchStatement(
  'trail_rows',
  { workspace_id: 'uuid', run_id: 'uuid', id: 'uuid', cause_id: 'uuid', at: 'timestamptz', steps: 'json' },
  (rows) => `insert into trail (workspace_id, run_id, id, cause_id, at, steps) select * from ${rows}`,
);

/** A run as it was read, so that its update can be guarded and its move counted. */
export interface RunBefore {
  flowId: string;
  seq: number;
  node: string;
  context: unknown;
}

/** A stored run, made ready for the engine; null when what it remembers is not what the engine writes. */
export function runFromRow(row: RunRow, flow: PublishedFlow): Run | null {
  if (!isContext(row.context)) return null;
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

/** Writes a run that a decision created or changed. */
export function writeRun(run: Run, before: RunBefore | undefined, scene: Scene): void {
  // Each row is one literal: V8 takes microseconds to add properties to an object that was spread.
  const { node, place, context } = run.position;
  if (before) {
    scene.writes.add(updateRun, {
      workspace_id: scene.workspaceId,
      id: run.id,
      seq_read: before.seq,
      status: run.status,
      outcome: run.outcome,
      node,
      place,
      context: JSON.stringify(context),
      seq: run.seq,
      wake_at: run.wakeAt,
      ended_at: hasEnded(run.position) ? scene.at : null,
    });
    return;
  }
  scene.writes.add(insertRun, {
    workspace_id: scene.workspaceId,
    id: run.id,
    contact_id: scene.contactId,
    sender_id: scene.sender.id,
    flow_id: run.flow.flowId,
    version_id: run.flow.versionId,
    status: run.status,
    outcome: run.outcome,
    node,
    place,
    context: JSON.stringify(context),
    seq: run.seq,
    wake_at: run.wakeAt,
    keyword: run.entry.keyword,
    medium: run.entry.medium,
    rest: run.entry.rest,
    started_at: run.startedAt,
    ended_at: hasEnded(run.position) ? scene.at : null,
  });
}

/** Ends a stored run that cannot go on as failed, with the reason in its trail. */
export function writeFailure(
  runId: string,
  before: RunBefore,
  reason: string,
  scene: Pick<Scene, 'workspaceId' | 'causeId' | 'at' | 'writes' | 'newId'>,
): void {
  scene.writes.add(updateRun, {
    workspace_id: scene.workspaceId,
    id: runId,
    seq_read: before.seq,
    status: 'ended',
    outcome: 'failed',
    node: '$failed',
    place: '',
    context: JSON.stringify(before.context),
    seq: before.seq + 1,
    wake_at: null,
    ended_at: scene.at,
  });
  const steps: TrailStep[] = [
    { do: 'failed', error: reason },
    { do: 'ended', outcome: 'failed' },
  ];
  writeTrail(runId, steps, scene);
}

/** Writes what happened to a run, step by step. */
export function writeTrail(
  runId: string,
  steps: readonly TrailStep[],
  scene: Pick<Scene, 'workspaceId' | 'causeId' | 'at' | 'writes' | 'newId'>,
): void {
  scene.writes.add(insertTrail, {
    workspace_id: scene.workspaceId,
    run_id: runId,
    id: scene.newId(),
    cause_id: scene.causeId,
    at: scene.at,
    steps: JSON.stringify(steps),
  });
}

const isContext = (value: unknown): value is RunContext =>
  isRecord(value) && isRecord(value.answers) && isRecord(value.arms) && Array.isArray(value.unexposed);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
