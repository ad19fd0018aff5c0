import { Injectable } from '@nestjs/common';
import type { Purpose } from '#flows/engine/effects.ts';
import type { SenderEntry, WorkspaceWorld } from './world-cache.ts';

/** A text that answers one of the person's own, as its decision made it. */
export interface Reply {
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
  senderId: string;
}

/** Whoever sends what is handed over. */
export interface Taker {
  /** How many more replies of a sender it can take over now, provided that it knows the sender as this world has it. */
  roomFor(sender: SenderEntry, world: WorkspaceWorld): number;
  /** Whether a text was handed over before, and its gateway has it, although the queue may hold it still. */
  isThrough(id: string, gatewayId: string): boolean;
  /** Nobody knows whether the batch of these replies was committed: those that are in the queue are sent. */
  lookFor(replies: readonly Reply[]): void;
}

/** How long a text is left alone that is claimed, or handed over, before a claim may take it, in milliseconds. */
export const LEASE_MS = 60_000;

const NOBODY: Taker = { roomFor: () => 0, isThrough: () => false, lookFor: () => undefined };

/**
 * Replies that go from the decision to the sending of the same process: they are queued as if they were claimed already, and what is
 * known of them need not be read again. What nobody takes over, or takes over and does not live to send, waits for a claim.
 */
@Injectable()
export class Handover {
  private taker: Taker = NOBODY;

  takenBy(taker: Taker): void {
    this.taker = taker;
  }

  /** For a batch that is decided now. */
  begin(now: number): Replies {
    return new Replies(this.taker, now + LEASE_MS);
  }
}

/** What a batch has to send: the replies that are handed over once it is committed, and how many texts wait for a claim. */
export class Replies {
  readonly handed: Reply[] = [];
  waiting = 0;
  private readonly taken = new Map<string, number>();

  constructor(
    private readonly taker: Taker,
    readonly leasedUntil: number,
  ) {}

  /** Whether one more of this sender can be taken over. */
  hasRoom(sender: SenderEntry, world: WorkspaceWorld): boolean {
    return this.taker.roomFor(sender, world) > (this.taken.get(sender.gatewayId) ?? 0);
  }

  /** Whether the last text that is queued for somebody, if any, goes through the same gateway and is out already. */
  isNext(lastQueued: string | undefined, { gatewayId }: SenderEntry): boolean {
    return lastQueued === undefined || this.taker.isThrough(lastQueued, gatewayId);
  }

  hand(reply: Reply, { gatewayId }: SenderEntry): void {
    this.handed.push(reply);
    this.taken.set(gatewayId, (this.taken.get(gatewayId) ?? 0) + 1);
  }

  /** The connection ended while the batch was committed, and did not say whether it was. */
  doubt(): void {
    if (this.handed.length > 0) this.taker.lookFor(this.handed);
  }
}
