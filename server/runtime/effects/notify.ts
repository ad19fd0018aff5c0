import { batchStatement } from '../../database/write-set.ts';
import { insertCall } from './call.ts';
import type { EffectHandler } from './handler.ts';

const insertNotice = batchStatement(
  'notice_rows',
  {
    workspace_id: 'uuid',
    id: 'uuid',
    contact_id: 'uuid',
    run_id: 'uuid',
    node: 'text',
    text: 'text',
    at: 'timestamptz',
  },
  (rows) =>
    `insert into notices (workspace_id, id, contact_id, run_id, node, text, at) select * from ${rows}`,
);

/** A notice to the team: kept for everybody to see, and mailed to the members where the author asked for that. */
export const notify: EffectHandler<'notify'> = ({ id, runId, node, text, email }, scene) => {
  const { workspaceId, contactId, at, writes } = scene;
  writes.add(insertNotice, {
    workspace_id: workspaceId,
    id,
    contact_id: contactId,
    run_id: runId,
    node,
    text,
    at,
  });
  if (!email) return;
  writes.add(insertCall, {
    workspace_id: workspaceId,
    id: scene.newId(),
    contact_id: contactId,
    sender_id: scene.sender.id,
    run_id: runId,
    seq: null,
    node,
    kind: 'notice',
    payload: JSON.stringify({ text, phone: scene.phone }),
    message: null,
    due_at: at,
    created_at: at,
  });
};
