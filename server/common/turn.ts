/** How long work goes on before others have a turn, in milliseconds. A piece of it may take as long again, and a busy machine twice that. */
const TURN_MS = 3;

/**
 * Cuts long work into turns, so that texts and other requests do not wait for the whole: `if (turn.isOver) await turn.next()` between
 * small pieces of it.
 */
export class Turn {
  private since = performance.now();

  get isOver(): boolean {
    return performance.now() - this.since > TURN_MS;
  }

  /** Resolves when everybody else has had theirs. */
  async next(): Promise<void> {
    await new Promise(setImmediate);
    this.since = performance.now();
  }
}
