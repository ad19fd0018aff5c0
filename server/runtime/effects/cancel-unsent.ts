import { batchStatement } from '../../database/write-set.ts';
import type { ConsentScene, EffectHandler } from './handler.ts';

/** The queue of these people. Arrays are looked up by index, whatever the planner believes the outbox's size to be. */
const queueOf = (rows: string): string =>
  `o.workspace_id = any(array(select n.workspace_id from ${rows})) and o.contact_id = any(array(select n.contact_id from ${rows}))`;

const cancelOutbox = batchStatement(
  'cancelled_outbox',
  { workspace_id: 'uuid', contact_id: 'uuid', program_id: 'uuid' },
  // The part on outbound selects from outbox as it was before: both parts see the same snapshot.
  (rows) => `delete from outbox o where ${queueOf(rows)} and exists (
      select 1 from ${rows} where n.contact_id = o.contact_id and n.program_id = (
        select s.program_id from outbound m join senders s on s.id = m.sender_id
        where m.workspace_id = o.workspace_id and m.id = o.message_id))`,
);

const cancelOutbound = batchStatement(
  'cancelled_outbound',
  { workspace_id: 'uuid', contact_id: 'uuid', program_id: 'uuid' },
  // One that went out at this very moment stays what it is.
  (rows) => `update outbound m set status = 'cancelled', reason = 'The person said STOP.',
      never_left = m.sent_at is null and m.replayed_at is null
        and m.id = any(array(select o.message_id from outbox o where o.attempts = 0 and ${queueOf(rows)}))
    where m.status = 'queued' and m.workspace_id = any(array(select n.workspace_id from ${rows}))
      and m.id = any(array(select o.message_id from outbox o where ${queueOf(rows)}))
      and exists (
        select 1 from ${rows} where n.contact_id = m.contact_id and n.program_id = (
          select s.program_id from senders s where s.id = m.sender_id))`,
);

/** What the program has queued for the person and not yet sent is taken back; texts of this very decision are not. */
export const cancelUnsent: EffectHandler<'cancel-unsent', ConsentScene> = (
  _effect,
  { workspaceId, contactId, sender, writes },
) => {
  const row = { workspace_id: workspaceId, contact_id: contactId, program_id: sender.programId };
  writes.add(cancelOutbox, row);
  writes.add(cancelOutbound, row);
};
