import type { Purpose } from '#flows/engine/effects.ts';
import { batchStatement } from '../../database/write-set.ts';
import type { EffectHandler } from './handler.ts';

export const insertOutbound = batchStatement(
  'outbound_rows',
  {
    workspace_id: 'uuid',
    id: 'uuid',
    contact_id: 'uuid',
    gateway_id: 'uuid',
    sender_id: 'uuid',
    cause_id: 'uuid',
    run_id: 'uuid',
    node: 'text',
    text: 'text',
    segments: 'int4',
    purpose: 'text',
    list: 'text',
    created_at: 'timestamptz',
  },
  (
    rows,
  ) => `insert into outbound (workspace_id, id, contact_id, gateway_id, sender_id, cause_id, run_id, node, text, segments,
      purpose, list, status, created_at)
    select workspace_id, id, contact_id, gateway_id, sender_id, cause_id, run_id, node, text, segments, purpose, list, 'queued', created_at
    from ${rows}`,
);

/** Due by the database's clock at the latest: a node whose own is ahead would keep a text, and all behind it, from the others. */
export const insertOutbox = batchStatement(
  'outbox_rows',
  {
    workspace_id: 'uuid',
    message_id: 'uuid',
    contact_id: 'uuid',
    gateway_id: 'uuid',
    sender_id: 'uuid',
    rank: 'int4',
    due_at: 'timestamptz',
    leased_until: 'timestamptz',
  },
  (
    rows,
  ) => `insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at, leased_until, attempts)
    select workspace_id, message_id, contact_id, gateway_id, sender_id, rank, least(due_at, now()), due_at,
      coalesce(leased_until, '-infinity'), (leased_until is not null)::int from ${rows}`,
);

/** 0 where somebody waits for it, 1 where nobody does, 2 where nobody does and it sells: answers go first. */
const rankOf = (purpose: Purpose): number => (purpose === 'marketing' ? 2 : purpose === 'service' ? 1 : 0);

/** What is sent whatever consents, hours and caps say by now: nothing has to be read about its person. */
const goesAnyway = (purpose: Purpose): boolean => purpose !== 'marketing' && purpose !== 'service';

/** A text is stored and queued in the transaction of the decision that caused it, and handed over where that may be. */
export const send: EffectHandler<'send'> = (effect, scene) => {
  const { workspaceId, contactId, sender, at, replies, handsOver } = scene;
  const { id, text, segments, purpose } = effect;
  const way = handsOver !== null && goesAnyway(purpose) ? replies.wayFor(sender, handsOver) : null;
  if (way === null) replies.waiting++;
  else {
    const reply = {
      id,
      contactId,
      to: scene.phone,
      text,
      segments,
      purpose,
      queuedAt: at,
      leasedUntil: replies.leasedUntil,
      way,
    };
    replies.hand(reply, sender);
  }
  scene.writes.add(insertOutbound, {
    workspace_id: workspaceId,
    id,
    contact_id: contactId,
    gateway_id: sender.gatewayId,
    sender_id: sender.id,
    cause_id: scene.causeId,
    run_id: effect.runId,
    node: effect.node,
    text,
    segments,
    purpose,
    list: effect.list,
    created_at: at,
  });
  scene.writes.add(insertOutbox, {
    workspace_id: workspaceId,
    message_id: id,
    contact_id: contactId,
    gateway_id: sender.gatewayId,
    sender_id: sender.id,
    rank: scene.causeId === null ? rankOf(purpose) : 0,
    due_at: at,
    leased_until: way === null ? null : replies.leasedUntil,
  });
};
