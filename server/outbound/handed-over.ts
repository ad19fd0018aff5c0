import type { Log } from '../common/log.ts';
import type { Reply, Taker } from '../runtime/handover.ts';
import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';
import type { AnswerLanes } from './answer-lanes.ts';
import type { Departures } from './departures.ts';
import { Doubtful } from './doubtful.ts';
import type { Lane } from './lanes.ts';
import type { ClaimedText } from './read-claimed.ts';

/** Takes over what decisions hand over, and sends it without a claim. */
export class HandedOver implements Taker<Lane> {
  /** Ends with what was taken over and is not under way yet. */
  private readonly departing = new Set<Promise<void>>();
  private readonly doubtful: Doubtful;

  /** `isBusy`: whether a gateway has more to do than what comes now, which would overtake that. */
  constructor(
    private readonly departures: Departures,
    private readonly lanes: AnswerLanes,
    private readonly isBusy: (gatewayId: string) => boolean,
    log: Log,
  ) {
    this.doubtful = new Doubtful(
      (texts) => departures.missingOf(texts),
      (texts) => this.send(texts),
      log,
    );
  }

  wayOf(sender: SenderEntry, world: WorkspaceWorld): Lane | null {
    return this.isBusy(sender.gatewayId) ? null : this.lanes.in(world, sender);
  }

  roomOn(lane: Lane): number {
    return this.departures.spare(lane);
  }

  isThrough(id: string, gatewayId: string): boolean {
    return this.departures.isThrough(id, gatewayId);
  }

  take(replies: readonly Reply<Lane>[]): void {
    this.send(replies.map(textOf));
  }

  lookFor(replies: readonly Reply<Lane>[]): void {
    this.doubtful.add(replies.map(textOf));
  }

  /** Resolves when all of it is under way, or stands ready; returns what may still turn out to be committed. */
  async end(): Promise<readonly ClaimedText[]> {
    await Promise.all(this.departing);
    return this.doubtful.end();
  }

  private send(texts: readonly ClaimedText[]): void {
    const departing = this.departures.depart(texts).finally(() => this.departing.delete(departing));
    this.departing.add(departing);
  }
}

/** Replies as if they had been claimed and read: nobody has to look at consents, hours or caps for what is handed over. */
const textOf = ({
  id,
  contactId,
  to,
  text,
  segments,
  purpose,
  queuedAt,
  leasedUntil,
  way: lane,
}: Reply<Lane>): ClaimedText => ({
  workspaceId: lane.workspaceId,
  id,
  contactId,
  place: null,
  to,
  text,
  segments,
  purpose,
  attempts: 1,
  worn: 0,
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
