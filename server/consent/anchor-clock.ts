import { Injectable } from '@nestjs/common';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { Anchors } from './anchors.service.ts';

/** How often is looked for days to seal, in milliseconds. */
const EVERY_MS = 30 * 60_000;

/** Has the days of the consent ledger sealed once they are over. */
@Injectable()
export class AnchorClock extends RoundsWorker {
  constructor(
    private readonly anchors: Anchors,
    log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'The consent ledger could not be sealed.' });
  }

  protected round(): Promise<void> {
    return this.anchors.sealAll();
  }
}
