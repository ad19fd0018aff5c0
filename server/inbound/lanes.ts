import { keyOf, type Work } from './work.ts';

/** At most this many pieces of work in one transaction. */
export const BATCH_SIZE = 500;
/** Batches that take long get smaller, though never smaller than this. */
const LEAST = 50;
/** As long as a batch may take without the next one being smaller, in milliseconds. */
const LONG_MS = 250;
/** When the first in the queue has waited this long, there is more than can be decided in time, in milliseconds. */
const LATE_MS = 1_000;
/** How far a batch looks for work on further contacts when the head of the queue belongs to contacts that are under way. */
const LOOK_AHEAD = 2_000;
/** Whoever floods the queue keeps nobody from a batch: one that is smaller than this looks on to the end. */
const FEW = 50;
/** Who was just answered often texts again: so long, in milliseconds, a batch waits to become as large as the one before. */
const GATHER_MS = 3;
/** While a batch is under way, another begins beside it when so much work waits, or when some has waited so long, in milliseconds. */
const ENOUGH = 48;
const BESIDE_MS = 25;

/** Decides a batch, or only stores its texts when it is `late`, and returns the work that has to come again first; it never rejects. */
export type RunBatch = (batch: Work[], late: boolean) => Promise<Work[]>;

interface Queued {
  work: Work;
  key: string;
  since: number;
}

/**
 * One queue of work and a few lanes that take batches from it: whatever waited while the last batch committed is the next one, with at
 * most one piece of work a contact, and none of a contact that is under way. What has to wait keeps its order. Every batch costs the
 * database a few milliseconds however small it is, so a second lane is only opened to a crowd, or past a batch that takes long.
 */
export class Lanes {
  private queue: Queued[] = [];
  private readonly free: RunBatch[];
  private readonly underWay = new Set<string>();
  private most = BATCH_SIZE;
  private last = { size: 0, endedAt: 0 };
  private running = 0;
  private isPlanned = false;
  private timer: NodeJS.Timeout | null = null;
  private idlers: (() => void)[] = [];

  /** A lane for each of these. */
  constructor(lanes: readonly RunBatch[]) {
    this.free = [...lanes];
  }

  /** How much work waits. */
  get length(): number {
    return this.queue.length;
  }

  push(work: Work): void {
    this.queue.push({ work, key: keyOf(work), since: performance.now() });
    // Everything that arrives in the same turn of the event loop shares the first batch.
    if (this.isPlanned || this.free.length === 0) return;
    this.isPlanned = true;
    setImmediate(() => this.plan());
  }

  /** Resolves when nothing is queued or under way. */
  async idle(): Promise<void> {
    if (this.queue.length > 0 || this.running > 0) await new Promise<void>((done) => this.idlers.push(done));
  }

  /** Begins what should begin now, and comes back when the next batch should. */
  private plan(): void {
    this.isPlanned = false;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    while (this.queue.length > 0) {
      const lane = this.free.at(-1);
      if (!lane) return;
      const wait = this.waitMs(performance.now());
      if (wait > 0) {
        this.timer = setTimeout(() => this.plan(), wait);
        return;
      }
      const batch = this.take(this.isLate() ? BATCH_SIZE : this.most);
      // All that waits is of contacts under way.
      if (batch.length === 0) return;
      this.free.pop();
      void this.begin(lane, batch);
    }
  }

  /** How long the next batch should wait for more, in milliseconds. */
  private waitMs(now: number): number {
    const since = this.queue[0]?.since ?? now;
    if (this.running > 0) return this.queue.length >= ENOUGH ? 0 : since + BESIDE_MS - now;
    return this.queue.length >= this.last.size ? 0 : this.last.endedAt + GATHER_MS - now;
  }

  private isLate(): boolean {
    const [first] = this.queue;
    return first !== undefined && performance.now() - first.since > LATE_MS;
  }

  private async begin(lane: RunBatch, batch: readonly Queued[]): Promise<void> {
    const started = performance.now();
    // Some of one person alone may have waited long behind each other; that is no reason to put others off.
    const late = batch.filter(({ since }) => started - since > LATE_MS).length * 2 > batch.length;
    this.running++;
    const again = new Set(
      await lane(
        batch.map(({ work }) => work),
        late,
      ),
    );
    if (!late) this.fit(batch.length, performance.now() - started);
    // Somebody else holds these contacts; give them a moment.
    if (again.size === batch.length) await new Promise((resolve) => setTimeout(resolve, 2));
    for (const { key } of batch) this.underWay.delete(key);
    if (again.size > 0) this.queue = [...batch.filter(({ work }) => again.has(work)), ...this.queue];
    this.last = { size: batch.length, endedAt: performance.now() };
    this.running--;
    this.free.push(lane);
    if (this.queue.length > 0) this.plan();
    else if (this.running === 0) for (const done of this.idlers.splice(0)) done();
  }

  /** What is stored only is decided later; what is decided should not keep others waiting. */
  private fit(size: number, milliseconds: number): void {
    if (milliseconds > LONG_MS) this.most = Math.max(LEAST, size >> 1);
    else if (size === this.most) this.most = Math.min(BATCH_SIZE, this.most * 2);
  }

  private take(most: number): Queued[] {
    const batch: Queued[] = [];
    const waiting: Queued[] = [];
    const held = new Set<string>();
    let at = 0;
    for (; at < this.queue.length && batch.length < (at < LOOK_AHEAD ? most : FEW); at++) {
      const one = this.queue[at];
      if (!one) continue;
      if (this.underWay.has(one.key) || held.has(one.key)) waiting.push(one);
      else {
        held.add(one.key);
        batch.push(one);
      }
    }
    for (const key of held) this.underWay.add(key);
    const rest = this.queue.slice(at);
    this.queue = waiting.length > 0 ? [...waiting, ...rest] : rest;
    return batch;
  }
}
