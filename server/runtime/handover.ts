import { Injectable } from '@nestjs/common';
import type { Purpose } from '#flows/engine/effects.ts';
import type { SenderEntry, WorkspaceWorld } from './world-cache.ts';

/** A text that answers one of the person's own, as its decision made it. `way`: how it goes, as whoever takes it over has said. */
export interface Reply<Way = unknown> {
  id: string;
  contactId: string;
  /** E.164. */
  to: string;
  text: string;
  segments: number;
  purpose: Purpose;
  /** Milliseconds since 1970. */
  queuedAt: number;
  leasedUntil: number;
  way: Way;
}

/** Whoever sends what is handed over. */
export interface Taker<Way> {
  /** How replies of a sender go now, provided that it knows the sender as this world has it; null where they wait for a claim. */
  wayOf(sender: SenderEntry, world: WorkspaceWorld): Way | null;
  /** How many more replies it can take over now that go this way. */
  roomOn(way: Way): number;
  /** Whether a text was handed over before, and its gateway has it, although the queue may hold it still. */
  isThrough(id: string, gatewayId: string): boolean;
  /** Sends replies whose batch is committed. */
  take(replies: readonly Reply<Way>[]): void;
  /** Nobody knows whether the batch of these replies was committed: those that are in the queue are sent. */
  lookFor(replies: readonly Reply<Way>[]): void;
}

/** How long a text is left alone that is claimed, or handed over, before a claim may take it, in milliseconds. */
export const LEASE_MS = 60_000;

const NOBODY: Taker<never> = {
  wayOf: () => null,
  roomOn: () => 0,
  isThrough: () => false,
  take: () => undefined,
  lookFor: () => undefined,
};

/**
 * Replies that go from the decision to the sending of the same process: they are queued as if they were claimed already, and what is
 * known of them need not be read again. What nobody takes over, or takes over and does not live to send, waits for a claim.
 */
@Injectable()
export class Handover {
  private open = (leasedUntil: number): Replies => new Replies(NOBODY, leasedUntil);

  takenBy<Way>(taker: Taker<Way>): void {
    this.open = (leasedUntil) => new Replies(taker, leasedUntil);
  }

  /** For a batch that is decided now. */
  begin(now: number): Replies {
    return this.open(now + LEASE_MS);
  }
}

/** What a batch has to send: the replies that are handed over once it is committed, and how many texts wait for a claim. */
export class Replies<Way = unknown> {
  waiting = 0;
  private readonly handed: Reply<Way>[] = [];
  private readonly taken = new Map<string, number>();

  constructor(
    private readonly taker: Taker<Way>,
    readonly leasedUntil: number,
  ) {}

  /** How one more of this sender can be taken over; null where it waits for a claim. */
  wayFor(sender: SenderEntry, world: WorkspaceWorld): Way | null {
    const way = this.taker.wayOf(sender, world);
    return way !== null && this.taker.roomOn(way) > (this.taken.get(sender.gatewayId) ?? 0) ? way : null;
  }

  /** Whether the last text that is queued for somebody, if any, goes through the same gateway and is out already. */
  isNext(lastQueued: string | undefined, { gatewayId }: SenderEntry): boolean {
    return lastQueued === undefined || this.taker.isThrough(lastQueued, gatewayId);
  }

  hand(reply: Reply<Way>, { gatewayId }: SenderEntry): void {
    this.handed.push(reply);
    this.taken.set(gatewayId, (this.taken.get(gatewayId) ?? 0) + 1);
  }

  /** The batch is committed. */
  handOver(): void {
    if (this.handed.length > 0) this.taker.take(this.handed);
  }

  /** The connection ended while the batch was committed, and did not say whether it was. */
  doubt(): void {
    if (this.handed.length > 0) this.taker.lookFor(this.handed);
  }
}
