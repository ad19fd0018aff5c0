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

/** A run that waits to hear what becomes of a text: its carrier reports that, or it is never sent. */
const insertDelivery = batchStatement(
  'delivery_rows',
  { workspace_id: 'uuid', message_id: 'uuid', seq: 'int4', created_at: 'timestamptz' },
  (rows) => `insert into deliveries (workspace_id, message_id, seq, created_at) select * from ${rows}`,
);

/** What has to be asked of the outside is stored with the decision, and done after its commit. */
export const call: EffectHandler<'call'> = (effect, scene) => {
  const { id, runId, seq, node, message, call } = effect;
  if (call.kind === 'delivery') {
    const { workspaceId, at } = scene;
    scene.writes.add(insertDelivery, {
      workspace_id: workspaceId,
      message_id: call.messageId,
      seq,
      created_at: at,
    });
    return;
  }
  const { kind, ...payload } = call;
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
