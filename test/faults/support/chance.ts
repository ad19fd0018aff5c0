import { seededRandom } from '../../shared/stats/random.ts';

/** What is left to chance in a trial: the same seed makes the same choices, at moments that no seed can repeat. */
export class Chance {
  private constructor(private readonly next: () => number) {}

  /** The choices of one who chooses: each has a stream of its own, whoever else chooses meanwhile. */
  static of(seed: number, who: number): Chance {
    return new Chance(seededRandom(seed ^ Math.imul(who + 1, 0x9e3779b1)));
  }

  /** Whether something happens that happens so often, from 0 to 1. */
  happens(share: number): boolean {
    return this.next() < share;
  }

  /** A number from 0, below that. */
  below(most: number): number {
    return this.next() * most;
  }

  /** A whole number from 0, below that. */
  wholeBelow(most: number): number {
    return Math.floor(this.below(most));
  }
}
