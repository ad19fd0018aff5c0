import { keyOf, type Work } from './work.ts';

/** At most this many pieces of work in one transaction. */
export const BATCH_SIZE = 500;
/** How far a lane looks for work on further contacts when the head of its queue belongs to contacts already in the batch. */
const LOOK_AHEAD = 2_000;

/**
 * A queue of work whose batches run one after the other: whatever waited while the last batch committed is the next batch, with at
 * most one piece of work a contact. What has to wait keeps its order.
 */
export class Lane {
  private queue: Work[] = [];
  private running: Promise<void> | null = null;

  /** `run` decides a batch and returns the work that has to come again first; it never rejects. */
  constructor(private readonly run: (batch: Work[]) => Promise<Work[]>) {}

  get length(): number {
    return this.queue.length;
  }

  push(work: Work): void {
    this.queue.push(work);
    this.running ??= this.drain();
  }

  /** Resolves when nothing is queued or under way. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async drain(): Promise<void> {
    // Everything that arrives in the same turn of the event loop shares the first batch.
    await new Promise(setImmediate);
    while (this.queue.length > 0) {
      const batch = this.take();
      const again = await this.run(batch);
      if (again.length > 0) {
        this.queue = [...again, ...this.queue];
        // Somebody else holds these contacts; give them a moment.
        if (again.length === batch.length) await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    this.running = null;
  }

  private take(): Work[] {
    const seen = new Set<string>();
    const batch: Work[] = [];
    const waiting: Work[] = [];
    const looked = Math.min(this.queue.length, LOOK_AHEAD);
    let at = 0;
    for (; at < looked && batch.length < BATCH_SIZE; at++) {
      const work = this.queue[at];
      if (!work) continue;
      const key = keyOf(work);
      if (seen.has(key)) waiting.push(work);
      else {
        seen.add(key);
        batch.push(work);
      }
    }
    const rest = this.queue.slice(at);
    this.queue = waiting.length > 0 ? [...waiting, ...rest] : rest;
    return batch;
  }
}
