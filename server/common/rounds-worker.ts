import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Rounds, type RoundsPlan } from './rounds.ts';

/** A part of the server that works in rounds, from when everything is there until the server ends. */
export abstract class RoundsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(plan: Omit<RoundsPlan, 'round'>) {
    this.rounds = new Rounds({ ...plan, round: () => this.round() });
  }

  /** Does what there is to do now. A long one looks at `isClosing` now and then. */
  protected abstract round(): Promise<unknown>;

  /** Whether the round under way should come to its end. */
  protected get isClosing(): boolean {
    return this.rounds.isClosing;
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** Something may be to do. */
  nudge(): void {
    this.rounds.nudge();
  }

  /** Does all there is to do now, and resolves when it is done. */
  workDue(): Promise<void> {
    return this.rounds.once();
  }
}
