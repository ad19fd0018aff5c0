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
/** Work is cut into a batch for every lane, so that the database and the node seldom wait for each other, but not smaller than this. */
const PART = 16;
/** However little waits, it waits for those under way no longer than so much for each, and not longer than this, in milliseconds. */
const EACH_MS = 1;
const BESIDE_MS = 25;
/** While texts come, batches of what waits in time are this small: the node thinks about nothing else meanwhile. */
const BESIDE_TEXTS = 64;
/** What has waited for so long goes before texts, in milliseconds: they might not end. */
const OVERDUE_MS = 500;
/** Texts come while the last came no longer ago, in milliseconds. */
const LIVELY_MS = 1_000;

/** Decides a batch, or only stores its texts when it is `late`, and returns the work that has to come again first; it never rejects. */
export type RunBatch = (batch: Work[], late: boolean) => Promise<Work[]>;

interface Queued {
  work: Work;
  key: string;
  since: number;
}

/** Work in the order in which it came, and what is known of the batches taken from it. */
class Queue {
  waiting: Queued[] = [];
  /** Batches under way, and the work in them. */
  running = 0;
  underWay = 0;
  /** How large the next may be. */
  most = BATCH_SIZE;
  last = { size: 0, endedAt: 0 };

  /** How large the next batch should be where all there is is shared among so many lanes. */
  part(lanes: number): number {
    const part = Math.ceil((this.waiting.length + this.underWay) / lanes);
    return Math.min(Math.max(part, PART), this.most);
  }

  /** How long the next batch should wait for more, in milliseconds; null: until one ends. */
  waitMs(now: number, lanes: number): number | null {
    const { waiting, running, underWay, last } = this;
    const part = this.part(lanes);
    if (running === 0)
      return waiting.length >= Math.min(last.size, part) ? 0 : last.endedAt + GATHER_MS - now;
    if (waiting.length >= part) return 0;
    // Past one batch only: further lanes are for a crowd.
    if (running > 1) return null;
    return (waiting[0]?.since ?? now) + Math.min(BESIDE_MS, underWay * EACH_MS) - now;
  }

  /** Takes the first so many whose contacts are free, one piece of work for each. */
  take(most: number, isFree: (key: string) => boolean): Queued[] {
    const batch: Queued[] = [];
    const left: Queued[] = [];
    const held = new Set<string>();
    let at = 0;
    for (; at < this.waiting.length && batch.length < (at < LOOK_AHEAD ? most : FEW); at++) {
      const one = this.waiting[at];
      if (!one) continue;
      if (held.has(one.key) || !isFree(one.key)) left.push(one);
      else {
        held.add(one.key);
        batch.push(one);
      }
    }
    const rest = this.waiting.slice(at);
    this.waiting = left.length > 0 ? [...left, ...rest] : rest;
    return batch;
  }

  /** `milliseconds`: how long it took to decide it; null when it was stored only. */
  ended(size: number, milliseconds: number | null, again: readonly Queued[]): void {
    this.running--;
    this.underWay -= size;
    this.last = { size, endedAt: performance.now() };
    if (again.length > 0) this.waiting = [...again, ...this.waiting];
    // What is decided should not keep others waiting.
    if (milliseconds === null) return;
    if (milliseconds > LONG_MS) this.most = Math.max(LEAST, size >> 1);
    else if (size === this.most) this.most = Math.min(BATCH_SIZE, this.most * 2);
  }
}

/**
 * Two queues of work and a few lanes that take batches from them: whatever waited while the last batch committed is the next one, with
 * at most one piece of work a contact, and none of a contact that is under way. What has to wait keeps its order. Every batch costs the
 * database a few milliseconds however small it is, so further lanes are only opened to a crowd, which they share, or past one that takes
 * long.
 *
 * Texts that come now have a queue of their own, before all that can wait: wake-ups, orders, texts of the backlog. These get one lane at
 * most while texts come, and that surely. Of one contact nothing is overtaken: a text of somebody for whom something waits already
 * waits behind that.
 */
export class Lanes {
  private readonly texts = new Queue();
  private readonly others = new Queue();
  /** How much stands in the other queue, or is under way from it, by contact. */
  private readonly othersOf = new Map<string, number>();
  private readonly lanes: number;
  private readonly free: RunBatch[];
  private readonly underWay = new Set<string>();
  private textAt = Number.NEGATIVE_INFINITY;
  private isPlanned = false;
  private timer: NodeJS.Timeout | null = null;
  private idlers: (() => void)[] = [];

  /** A lane for each of these. */
  constructor(lanes: readonly RunBatch[]) {
    this.lanes = lanes.length;
    this.free = [...lanes];
  }

  /** How much work waits. */
  get length(): number {
    return this.texts.waiting.length + this.others.waiting.length;
  }

  /** The gateways that more of the texts which come now are from than one would have if each, and another one, had as many. */
  crowdedBy(): ReadonlySet<string> {
    const { waiting } = this.texts;
    const counts = new Map<string, number>();
    for (const { work } of waiting)
      if (work.kind === 'text') counts.set(work.gatewayId, (counts.get(work.gatewayId) ?? 0) + 1);
    const share = waiting.length / (counts.size + 1);
    return new Set([...counts].flatMap(([gateway, count]) => (count > share ? [gateway] : [])));
  }

  push(work: Work): void {
    const key = keyOf(work);
    const since = performance.now();
    const isText = work.kind === 'text' && !work.backlog;
    if (isText) this.textAt = since;
    if (isText && !this.othersOf.has(key)) this.texts.waiting.push({ work, key, since });
    else {
      this.others.waiting.push({ work, key, since });
      this.othersOf.set(key, (this.othersOf.get(key) ?? 0) + 1);
    }
    // Everything that arrives in the same turn of the event loop shares the first batch.
    if (this.isPlanned || this.free.length === 0) return;
    this.isPlanned = true;
    setImmediate(() => this.plan());
  }

  /** Resolves when nothing is queued or under way. */
  async idle(): Promise<void> {
    if (this.length > 0 || this.free.length < this.lanes)
      await new Promise<void>((done) => this.idlers.push(done));
  }

  /** Begins what should begin now, and comes back when the next batch should. */
  private plan(): void {
    this.isPlanned = false;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const now = performance.now();
    const inTurn = this.isOverdue(now) ? [this.others, this.texts] : [this.texts, this.others];
    const waits = inTurn.map((queue) => this.beginAll(queue, now)).filter((ms) => ms !== null);
    if (waits.length > 0) this.timer = setTimeout(() => this.plan(), Math.min(...waits));
  }

  /** Begins the batches of a queue that should begin now. Returns when the next should, in milliseconds; null when one ends. */
  private beginAll(queue: Queue, now: number): number | null {
    while (queue.waiting.length > 0) {
      const lane = this.free.at(-1);
      if (!lane || (queue === this.others && !this.hasRoom(now))) return null;
      const wait = queue.waitMs(now, this.lanes);
      if (wait === null || wait > 0) return wait;
      const batch = this.take(queue, now);
      // All that waits is of contacts under way.
      if (batch.length === 0) return null;
      this.free.pop();
      void this.begin(queue, lane, batch);
    }
    return null;
  }

  /** Whether what can wait may have a lane: while texts come one at most, and not the last that is free. */
  private hasRoom(now: number): boolean {
    if (this.lanes === 1 || now - this.textAt > LIVELY_MS) return true;
    return this.others.running === 0 && (this.free.length > 1 || this.isOverdue(now));
  }

  private isOverdue(now: number): boolean {
    const [first] = this.others.waiting;
    return first !== undefined && this.others.running === 0 && now - first.since > OVERDUE_MS;
  }

  private take(queue: Queue, now: number): Queued[] {
    const [first] = queue.waiting;
    let most = queue.part(this.lanes);
    let isFree = (key: string): boolean => !this.underWay.has(key);
    if (queue === this.texts) {
      if (first && now - first.since > LATE_MS) most = BATCH_SIZE;
    } else {
      if (now - this.textAt <= LIVELY_MS && !this.isOverdue(now)) most = Math.min(most, BESIDE_TEXTS);
      // A text that stands there came before: those that come after stand in this queue.
      const before = new Set(this.texts.waiting.map(({ key }) => key));
      isFree = (key) => !this.underWay.has(key) && !before.has(key);
    }
    const batch = queue.take(most, isFree);
    for (const { key } of batch) this.underWay.add(key);
    return batch;
  }

  private async begin(queue: Queue, lane: RunBatch, batch: readonly Queued[]): Promise<void> {
    const started = performance.now();
    // Some of one person alone may have waited long behind each other; that is no reason to put others off.
    const late =
      queue === this.texts &&
      batch.filter(({ since }) => started - since > LATE_MS).length * 2 > batch.length;
    queue.running++;
    queue.underWay += batch.length;
    const works = batch.map(({ work }) => work);
    const again = new Set(await lane(works, late));
    const took = late ? null : performance.now() - started;
    // Somebody else holds these contacts; give them a moment.
    if (again.size === batch.length) await new Promise((resolve) => setTimeout(resolve, 2));
    for (const { key, work } of batch) {
      this.underWay.delete(key);
      if (queue === this.others && !again.has(work)) this.forget(key);
    }
    queue.ended(
      batch.length,
      took,
      batch.filter(({ work }) => again.has(work)),
    );
    this.free.push(lane);
    if (this.length > 0) this.plan();
    else if (this.free.length === this.lanes) for (const done of this.idlers.splice(0)) done();
  }

  private forget(key: string): void {
    const left = (this.othersOf.get(key) ?? 0) - 1;
    if (left > 0) this.othersOf.set(key, left);
    else this.othersOf.delete(key);
  }
}
