import { Injectable } from '@nestjs/common';
import { Log } from '../../common/log.ts';
import { RoundsWorker } from '../../common/rounds-worker.ts';
import { Listings } from './listings.service.ts';

/** How often is looked for lists that another node began and did not end, in milliseconds. */
const EVERY_MS = 2_000;

/** Works on the lists of entries that are being fixed, on whichever node has time. */
@Injectable()
export class ListingClock extends RoundsWorker {
  constructor(
    private readonly listings: Listings,
    log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Lists of entries could not be worked on.' });
  }

  protected async round(): Promise<void> {
    while (!this.isClosing && (await this.listings.workOnce()));
  }
}
