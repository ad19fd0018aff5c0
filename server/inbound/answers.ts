import type { Decision } from '#flows/engine/world.ts';
import type { Accepted, InboundReply } from '#shared/api/inbound.ts';
import type { WriteSet } from '../database/write-set.ts';
import type { SenderEntry } from '../runtime/world-cache.ts';
import { enqueue } from './backlog-rows.ts';
import { writeInbound } from './inbound-rows.ts';
import type { TextWork } from './work.ts';

/** Stores a text whose turn has not come. */
export function putOff(work: TextWork, contactId: string, senderId: string, writes: WriteSet): Accepted {
  writeInbound(work, { contactId, senderId, status: 'pending', reason: null, route: null }, writes);
  enqueue(work, contactId, writes);
  return { accepted: true, status: 'pending', id: work.id, replies: [] };
}

/** Stores a text that is not decided, and why. */
export function setAside(
  work: TextWork,
  reason: string,
  contactId: string | null,
  senderId: string | null,
  writes: WriteSet,
): Accepted {
  writeInbound(work, { contactId, senderId, status: 'set-aside', reason, route: null }, writes);
  return { accepted: true, status: 'set-aside', id: work.id, replies: [], reason };
}

/** What a gateway is told of a text that was decided. */
export function answerOf(work: TextWork, sender: SenderEntry, decision: Decision): Accepted {
  const replies: InboundReply[] = [];
  for (const effect of decision.effects) {
    if (effect.kind === 'send') replies.push({ to: work.phone, from: sender.address, text: effect.text });
  }
  return { accepted: true, status: 'decided', id: work.id, replies };
}
