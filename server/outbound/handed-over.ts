import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';
import type { Reply } from '../runtime/handover.ts';
import type { Lane } from './lanes.ts';
import { isPaced } from './paces.ts';
import type { ClaimedText } from './read-claimed.ts';

/** What one node knows of a gateway's rests that others began is as old at most, in milliseconds. */
const FRESH_MS = 5_000;

/** The lanes of answers, as they were last read: where nobody has changed anything since, replies need no claim. */
export class AnswerLanes {
  private readonly bySender = new Map<string, { lane: Lane; readAt: number }>();

  constructor(private readonly clock: () => number = () => performance.now()) {}

  note(lanes: readonly Lane[]): void {
    const readAt = this.clock();
    for (const lane of lanes) if (lane.rank === 0) this.bySender.set(lane.senderId, { lane, readAt });
  }

  /** The lane of a sender's replies in this world, where it is known well enough and nothing paces it or makes it wait. */
  in({ revision }: WorkspaceWorld, { id, gatewayId }: SenderEntry): Lane | null {
    const known = this.bySender.get(id);
    if (!known || this.clock() - known.readAt > FRESH_MS) return null;
    const { lane } = known;
    const isSame = lane.revision === revision && lane.gatewayId === gatewayId;
    return isSame && lane.restsUntil === null && !isPaced(lane) ? lane : null;
  }

  /** Replies that were handed over, as if they had been claimed and read. */
  claimed(replies: readonly Reply[]): ClaimedText[] {
    return replies.flatMap((reply) => {
      const lane = this.bySender.get(reply.senderId)?.lane;
      return lane ? [textOf(reply, lane)] : [];
    });
  }
}

/** Nobody has to look at consents, hours or caps for what is handed over. */
const textOf = (
  { id, contactId, to, text, segments, purpose, queuedAt, leasedUntil }: Reply,
  lane: Lane,
): ClaimedText => ({
  workspaceId: lane.workspaceId,
  id,
  contactId,
  place: null,
  to,
  text,
  segments,
  purpose,
  attempts: 1,
  queuedAt,
  leasedUntil,
  prompted: true,
  unwanted: false,
  frozen: false,
  lateConfirmation: false,
  againSince: null,
  zone: null,
  state: null,
  zip: null,
  lane,
});
