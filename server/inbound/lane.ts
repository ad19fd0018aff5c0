import { keyOf, type Work } from './work.ts';

/** At most this many pieces of work in one transaction. */
export const BATCH_SIZE = 500;
/** Batches that take long get smaller, though never smaller than this. */
const LEAST = 50;
/** As long as a batch may take without the next one being smaller, in milliseconds. */
const LONG_MS = 250;
/** When the first in the queue has waited this long, there is more than can be decided in time, in milliseconds. */
const LATE_MS = 1_000;
/** How far a lane looks for work on further contacts when the head of its queue belongs to contacts already in the batch. */
const LOOK_AHEAD = 2_000;

interface Queued {
  work: Work;
  since: number;
}

/**
 * A queue of work whose batches run one after the other: whatever waited while the last batch committed is the next batch, with at
 * most one piece of work a contact. What has to wait keeps its order.
 */
export class Lane {
  private queue: Queued[] = [];
  private running: Promise<void> | null = null;
  private most = BATCH_SIZE;

  /** `run` decides a batch, or only stores its texts when it is `late`, and returns the work that has to come again first; it never rejects. */
  constructor(private readonly run: (batch: Work[], late: boolean) => Promise<Work[]>) {}

  get length(): number {
    return this.queue.length;
  }

  push(work: Work): void {
    this.queue.push({ work, since: performance.now() });
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
      const started = performance.now();
      const late = started - (this.queue[0]?.since ?? started) > LATE_MS;
      const batch = this.take(late ? BATCH_SIZE : this.most);
      const again = new Set(
        await this.run(
          batch.map(({ work }) => work),
          late,
        ),
      );
      if (!late) this.fit(batch.length, performance.now() - started);
      if (again.size > 0) {
        this.queue = [...batch.filter(({ work }) => again.has(work)), ...this.queue];
        // Somebody else holds these contacts; give them a moment.
        if (again.size === batch.length) await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    this.running = null;
  }

  /** What is stored only is decided later; what is decided should not keep others waiting. */
  private fit(size: number, milliseconds: number): void {
    if (milliseconds > LONG_MS) this.most = Math.max(LEAST, size >> 1);
    else if (size === this.most) this.most = Math.min(BATCH_SIZE, this.most * 2);
  }

  private take(most: number): Queued[] {
    const seen = new Set<string>();
    const batch: Queued[] = [];
    const waiting: Queued[] = [];
    const looked = Math.min(this.queue.length, LOOK_AHEAD);
    let at = 0;
    for (; at < looked && batch.length < most; at++) {
      const one = this.queue[at];
      if (!one) continue;
      const key = keyOf(one.work);
      if (seen.has(key)) waiting.push(one);
      else {
        seen.add(key);
        batch.push(one);
      }
    }
    const rest = this.queue.slice(at);
    this.queue = waiting.length > 0 ? [...waiting, ...rest] : rest;
    return batch;
  }
}
