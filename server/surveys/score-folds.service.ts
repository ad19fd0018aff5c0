import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { Questions } from './questions.ts';
import { ScoreFoldsRepository } from './score-folds.repository.ts';
import type { Scored } from './surveys.repository.ts';

/** How often is looked for runs that are over, in milliseconds. */
const EVERY_MS = 10 * 60_000;

/** Writes scores beside the runs that were told them, so that whoever looks need not wait while 300,000 memories are read. */
@Injectable()
export class ScoreFolds extends RoundsWorker {
  constructor(
    private readonly questions: Questions,
    private readonly folds: ScoreFoldsRepository,
    private readonly clock: Clock,
    log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Scores could not be written beside their runs.' });
  }

  /** Several nodes at once come to the same. */
  protected async round(): Promise<void> {
    const now = this.clock.now();
    let written = 0;
    for (const { workspaceId, flow, answer } of await this.questions.all(null)) {
      const scored = { workspaceId, flowId: flow.id, answer };
      for (const block of await this.folds.due(scored, now)) {
        if (this.isClosing) return;
        if (await this.fold(scored, block)) written++;
      }
    }
    if (written > 0) await this.folds.tidy();
  }

  /** Writes a block, or goes on with one. False where a run of it is still under way, or the server ends. */
  private async fold(scored: Scored, block: string): Promise<boolean> {
    for (let first = true; !this.isClosing; first = false) {
      const came = await this.folds.foldPiece(scored, block, { first });
      if (came !== 'more') return came === 'whole';
    }
    return false;
  }
}
