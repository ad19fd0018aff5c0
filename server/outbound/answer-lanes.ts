import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';
import type { Lane } from './lanes.ts';
import { isPaced } from './paces.ts';

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
  in(
    { revision }: Pick<WorkspaceWorld, 'revision'>,
    { id, gatewayId }: Pick<SenderEntry, 'id' | 'gatewayId'>,
  ): Lane | null {
    const known = this.bySender.get(id);
    if (!known || this.clock() - known.readAt > FRESH_MS) return null;
    const { lane } = known;
    const isSame = lane.revision === revision && lane.gatewayId === gatewayId;
    return isSame && lane.restsUntil === null && !isPaced(lane) ? lane : null;
  }
}
