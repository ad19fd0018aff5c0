import { batchStatement } from '../../database/write-set.ts';
import type { EffectHandler } from './handler.ts';

const cancelOutbox = batchStatement(
  'cancelled_outbox',
  { workspace_id: 'uuid', contact_id: 'uuid', program_id: 'uuid' },
  // The part on outbound selects from outbox as it was before: both parts see the same snapshot.
  (rows) => `delete from outbox o using ${rows}, outbound m, senders s
    where o.workspace_id = n.workspace_id and o.contact_id = n.contact_id
      and m.workspace_id = o.workspace_id and m.id = o.message_id and s.id = m.sender_id and s.program_id = n.program_id`,
);

const cancelOutbound = batchStatement(
  'cancelled_outbound',
  { workspace_id: 'uuid', contact_id: 'uuid', program_id: 'uuid' },
  (
    rows,
  ) => `update outbound m set status = 'cancelled', reason = 'The person said STOP.' from ${rows}, outbox o, senders s
    where m.workspace_id = n.workspace_id and o.workspace_id = n.workspace_id and o.contact_id = n.contact_id
      and m.id = o.message_id and s.id = m.sender_id and s.program_id = n.program_id`,
);

/** What the program has queued for the person and not yet sent is taken back; texts of this very decision are not. */
export const cancelUnsent: EffectHandler<'cancel-unsent'> = (
  _effect,
  { workspaceId, contactId, sender, writes },
) => {
  const row = { workspace_id: workspaceId, contact_id: contactId, program_id: sender.programId };
  writes.add(cancelOutbox, row);
  writes.add(cancelOutbound, row);
};
