import type { Accepted } from '#shared/api/inbound.ts';
import type { WorkResult } from '../inbound/work.ts';

/** What a request is told: what became of each of its texts in their order, or why one of them could not be stored. */
export type Outcome = { accepted: Accepted[] } | { error: Error };

/** Gathers what becomes of the texts of one request and tells it once: when all are stored, or the first could not be. */
export class OneAnswer {
  private readonly accepted: Accepted[] = [];
  private isTold = false;
  private open: number;

  constructor(
    texts: number,
    private readonly tell: (outcome: Outcome) => void,
  ) {
    this.open = texts;
    if (texts === 0) this.settle({ accepted: [] });
  }

  /** What became of the text at that place. */
  hear(place: number, result: WorkResult): void {
    if ('error' in result) this.settle(result);
    else {
      this.accepted[place] = result.stored;
      if (--this.open === 0) this.settle({ accepted: this.accepted });
    }
  }

  private settle(outcome: Outcome): void {
    if (this.isTold) return;
    this.isTold = true;
    this.tell(outcome);
  }
}
