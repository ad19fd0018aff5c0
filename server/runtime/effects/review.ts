import type { Standing } from '#flows/engine/consent/standing.ts';
import type { ConsentCause } from '#flows/engine/effects.ts';
import { batchStatement } from '../../database/write-set.ts';
import type { ConsentScene } from './handler.ts';

const PERSON = { workspace_id: 'uuid', contact_id: 'uuid', program_id: 'uuid' } as const;

const insertReview = batchStatement(
  'review_rows',
  { ...PERSON, id: 'uuid', sender_id: 'uuid', message_id: 'uuid', words: 'text', at: 'timestamptz' },
  (rows) =>
    // Who reads a text that was set aside may find it waiting to be read already.
    `insert into consent_reviews (workspace_id, contact_id, program_id, id, sender_id, message_id, words, at)
    select * from ${rows} where not exists (
      select from consent_reviews r where r.workspace_id = n.workspace_id and r.contact_id = n.contact_id
        and r.program_id = n.program_id and r.message_id = n.message_id and r.decision is null)`,
);

const reopenReview = batchStatement(
  'reopened_reviews',
  PERSON,
  (rows) => `update consent_reviews r set decision = null, decided_at = null, decided_by = null from ${rows}
    where r.workspace_id = n.workspace_id and r.id = (
      select l.id from consent_reviews l where l.workspace_id = n.workspace_id and l.contact_id = n.contact_id
        and l.program_id = n.program_id order by l.id desc limit 1)`,
);

const decideReview = batchStatement(
  'decided_reviews',
  { ...PERSON, decision: 'text', decided_at: 'timestamptz', decided_by: 'uuid' },
  (
    rows,
  ) => `update consent_reviews r set decision = n.decision, decided_at = n.decided_at, decided_by = n.decided_by
    from ${rows} where r.workspace_id = n.workspace_id and r.contact_id = n.contact_id and r.program_id = n.program_id
      and r.decision is null`,
);

const ofProgram = (rows: string): string => `m.purpose in ('marketing', 'service') and exists (
    select 1 from senders s join ${rows} on n.contact_id = m.contact_id and n.program_id = s.program_id where s.id = m.sender_id)`;

/** What is queued and needs consent waits while somebody has to read a text, out of everybody's way. */
const holdQueued = batchStatement(
  'held_outbox',
  PERSON,
  (rows) => `update outbox o set due_at = timestamptz '9999-12-31', held = true
    where o.workspace_id = any(array(select n.workspace_id from ${rows})) and o.contact_id = any(array(select n.contact_id from ${rows}))
      and exists (select 1 from outbound m where m.workspace_id = o.workspace_id and m.id = o.message_id and ${ofProgram(rows)})`,
);

const releaseQueued = batchStatement(
  'released_outbox',
  { ...PERSON, at: 'timestamptz' },
  (rows) => `update outbox o set due_at = n.at, held = false from ${rows}
    where o.workspace_id = n.workspace_id and o.contact_id = n.contact_id and o.held and o.due_at = timestamptz '9999-12-31'
      and exists (
        select 1 from outbound m join senders s on s.id = m.sender_id
        where m.workspace_id = o.workspace_id and m.id = o.message_id and s.program_id = n.program_id)`,
);

/** Words that may be a STOP wait for somebody to read them; a decision that was taken back opens the same question again. */
export function openReview(
  { because }: { because: ConsentCause },
  words: string | null,
  scene: ConsentScene,
): void {
  const person = personOf(scene);
  scene.writes.add(holdQueued, person);
  if (because === 'undone') {
    scene.writes.add(reopenReview, person);
    return;
  }
  scene.writes.add(insertReview, {
    ...person,
    id: scene.newId(),
    sender_id: scene.sender.id,
    message_id: scene.causeId,
    words,
    at: scene.at,
  });
}

/** The question is settled, by one of ours or by the person's own clearer words; what waited goes on unless it was a STOP. */
export function closeReview(to: Standing, scene: ConsentScene): void {
  const person = personOf(scene);
  const { personId } = scene.actor;
  const decision = personId === null ? 'overtaken' : to === 'stopped' ? 'revoked' : 'kept';
  scene.writes.add(decideReview, { ...person, decision, decided_at: scene.at, decided_by: personId });
  if (to === 'open') scene.writes.add(releaseQueued, { ...person, at: scene.at });
}

function personOf({ workspaceId, contactId, sender }: ConsentScene) {
  return { workspace_id: workspaceId, contact_id: contactId, program_id: sender.programId };
}
