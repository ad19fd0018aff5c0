import { batchStatement } from '../../database/write-set.ts';
import type { EffectHandler } from './handler.ts';

export const insertCall = batchStatement(
  'call_rows',
  {
    workspace_id: 'uuid',
    id: 'uuid',
    contact_id: 'uuid',
    sender_id: 'uuid',
    run_id: 'uuid',
    seq: 'int4',
    node: 'text',
    kind: 'text',
    payload: 'jsonb',
    message: 'text',
    due_at: 'timestamptz',
    created_at: 'timestamptz',
  },
  (
    rows,
  ) => `insert into calls (workspace_id, id, contact_id, sender_id, run_id, seq, node, kind, payload, message, due_at, created_at)
    select * from ${rows}`,
);

/** What has to be asked of the outside is stored with the decision, and done after its commit. */
export const call: EffectHandler<'call'> = (
  { id, runId, seq, node, message, call: { kind, ...payload } },
  scene,
) => {
  scene.writes.add(insertCall, {
    workspace_id: scene.workspaceId,
    id,
    contact_id: scene.contactId,
    sender_id: scene.sender.id,
    run_id: runId,
    seq,
    node,
    kind,
    payload: JSON.stringify(payload),
    message,
    due_at: scene.at,
    created_at: scene.at,
  });
};
