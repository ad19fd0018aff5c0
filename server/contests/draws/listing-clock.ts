import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '../../common/log.ts';
import { Rounds } from '../../common/rounds.ts';
import { Listings } from './listings.service.ts';

/** How often is looked for lists that another node began and did not end, in milliseconds. */
const EVERY_MS = 2_000;

/** Works on the lists of entries that are being fixed, on whichever node has time. */
@Injectable()
export class ListingClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(listings: Listings, log: Log) {
    const round = async (): Promise<void> => {
      while (!this.rounds.isClosing && (await listings.workOnce()));
    };
    const complaint = 'Lists of entries could not be worked on.';
    this.rounds = new Rounds({ everyMs: EVERY_MS, round, log, complaint });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** There is a list to fix. */
  nudge(): void {
    this.rounds.nudge();
  }

  /** Does all that can be done now, and resolves when it is. */
  workDue(): Promise<void> {
    return this.rounds.once();
  }
}
