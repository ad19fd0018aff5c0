import type { InboundService } from './inbound.service.ts';
import type { Work, WorkResult } from './work.ts';

/**
 * Hands work in that waited in the database, never more than `most` pieces at a time: always enough for the next batches, and few
 * enough that a text which comes meanwhile waits behind no more than those.
 */
export class HandIn {
  private underWay = 0;
  private goOn: (() => void) | null = null;

  constructor(
    private readonly inbound: Pick<InboundService, 'accept'>,
    private readonly most: number,
  ) {}

  /**
   * Resolves when all was handed in, and may be called again then; `decided`, which never rejects, when the last of it was decided too,
   * with what became of each.
   */
  async all<One>(
    ones: readonly One[],
    workOf: (one: One, done: Work['done']) => Work,
  ): Promise<{ decided: Promise<readonly WorkResult[]> }> {
    const results: WorkResult[] = [];
    let left = ones.length;
    let finish = (): void => undefined;
    const decided = new Promise<readonly WorkResult[]>((resolve) => {
      finish = () => resolve(results);
    });
    if (left === 0) finish();
    for (const [n, one] of ones.entries()) {
      while (this.underWay >= this.most) await this.room();
      this.underWay++;
      const done = (result: WorkResult): void => {
        results[n] = result;
        this.underWay--;
        this.goOn?.();
        if (--left === 0) finish();
      };
      this.inbound.accept(workOf(one, done));
    }
    return { decided };
  }

  /** Resolves once for all the pieces of a batch: those are told in one turn. */
  private room(): Promise<void> {
    return new Promise((resolve) => {
      this.goOn = () => {
        this.goOn = null;
        resolve();
      };
    });
  }
}
