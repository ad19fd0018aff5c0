import type { ConsumerMessages } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge, register } from 'prom-client';
import type { Log } from '../common/log.ts';
import { MARKS, PARTITIONS } from './log-entry.ts';
import { type LogPlace, type LogStream, placeOf } from './log-stream.ts';
import type { Position, PositionsRepository } from './positions.repository.ts';
import { Silence } from './silence.ts';

/** How long a log that cannot be read is left alone, in milliseconds. */
const REST_MS = 500;
/** How long it is waited until what the log has taken comes by here, in milliseconds. */
const SEEN_MS = 2_500;

/** How often it is looked whether the log is there and has dropped something, in milliseconds. */
const LOOK_EVERY_MS = 5_000;

const away = new Gauge({
  name: 'textloom_log_away',
  help: 'Whether the inbound log did not answer this node when it was asked last (1); 0 where it did, or where there is none.',
  registers: [register],
});

const standing = new Gauge({
  name: 'textloom_log_standing_seconds',
  help: 'For how long nothing was decided of a partition of the inbound log in which texts wait, of the longest, in seconds; as far as this node knows.',
  registers: [register],
});

const dropped = new Counter({
  name: 'textloom_log_dropped_total',
  help: 'People whose last text the inbound log dropped, by its age or by hand, before it was decided; every node counts all.',
  registers: [register],
});

interface Waiting {
  seq: number;
  seen: () => void;
  giveUp: () => void;
}

/**
 * Follows the whole log without its texts, and so knows which entry at each place was the last. What it knows is all that was
 * acknowledged before somebody asks: a fence is written into the log then, which only a leader whom most of its servers follow can
 * acknowledge, and since entries come by in order, everything before the fence has come once that has. Whoever led the log and stood
 * still meanwhile may answer any other question as if nothing had happened.
 */
export class LogTail {
  private readonly lasts = new Float64Array(PARTITIONS * MARKS);
  private readonly lastOfAll = new Float64Array(PARTITIONS);
  /** The entry that came by last, and when the log was made that it stands in; 0 where none is known. */
  private at = 0;
  private made = 0;
  private waiting: Waiting[] = [];
  private messages: ConsumerMessages | null = null;
  private following: Promise<void> | null = null;
  private looking: NodeJS.Timeout | null = null;
  /** How far each partition was decided when the database said so last, and whether it is being asked. */
  private decided: readonly Position[] = [];
  private isAsking = false;
  /** Partitions in which texts wait: where each is, and since when, by the clock of this process. */
  private readonly stands = new Map<number, { seq: number; since: number }>();
  private closing = false;

  constructor(
    private readonly stream: LogStream,
    private readonly positions: PositionsRepository,
    private readonly log: Log,
  ) {}

  start(): void {
    this.following = this.follow();
    this.looking = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.closing = true;
    if (this.looking) clearInterval(this.looking);
    away.set(0);
    standing.set(0);
    for (const { giveUp } of this.waiting) giveUp();
    await this.messages?.close();
    await this.following;
  }

  /** Resolves when everything is known here that was acknowledged before the call; rejects where that takes too long. */
  async catchUp(): Promise<void> {
    const before = this.at;
    const seq = await this.stream.fence();
    // What came by stands before the fence, unless the log was made anew.
    if (seq <= before) this.forget();
    if (seq > this.at) await this.cameBy(seq);
  }

  /** The last entry at a place, of those that may be undecided; 0 where there is none. */
  lastOf({ partition, mark }: LogPlace): number {
    return this.lasts[partition * MARKS + mark] ?? 0;
  }

  /** The same of a partition. */
  last(partition: number): number {
    return this.lastOfAll[partition] ?? 0;
  }

  private async cameBy(seq: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const came = new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        this.waiting = this.waiting.filter((other) => other !== one);
        reject(new Error('What was written into the inbound log does not come out of it.'));
      };
      const one = { seq, seen: resolve, giveUp };
      this.waiting.push(one);
      timer = setTimeout(giveUp, SEEN_MS);
    });
    await came.finally(() => clearTimeout(timer));
  }

  private async follow(): Promise<void> {
    while (!this.closing) {
      try {
        await this.read();
      } catch (error) {
        if (this.closing) return;
        this.log.warn({ err: error }, 'The inbound log could not be followed; it is tried again.');
        await sleep(REST_MS);
      }
    }
  }

  /** Reads on until it is told to stop or hears nothing any more. */
  private async read(): Promise<void> {
    await this.begin();
    const messages = await this.stream.follow(this.at);
    // Nobody reads it yet, and only its reader would be told that it is closed.
    if (this.closing) return void messages.close();
    this.messages = messages;
    const silence = new Silence(messages);
    try {
      for await (const { subject, seq } of messages) {
        if (this.messages !== messages) return;
        silence.broken();
        this.note(subject, seq);
      }
    } finally {
      silence.end();
      if (this.messages === messages) this.messages = null;
      void messages.close();
    }
    if (!this.closing) throw new Error('The following of the inbound log has ended.');
  }

  /** Goes on where it was, or begins with the first entry that may be undecided. */
  private async begin(): Promise<void> {
    const { made, end } = await this.stream.extent();
    if (made !== this.made) this.forget();
    this.made = made;
    if (this.at > 0) return;
    const first = Math.min(...(await this.positions.read()).map(({ seq }) => seq));
    this.at = first <= end ? first : 0;
  }

  private async look(): Promise<void> {
    const extent = await this.stream.extent().catch(() => null);
    if (this.closing) return;
    away.set(extent ? 0 : 1);
    this.measure();
    // A database that is away may say so, or nothing.
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      this.decided = await this.positions.read();
      if (extent?.made === this.made) this.lookForDropped(extent.first);
    } catch {
      // What was known last still counts.
    } finally {
      this.isAsking = false;
    }
  }

  /** While the database is away nobody else can say how long texts have waited. */
  private measure(): void {
    const now = performance.now();
    for (const { partition, seq } of this.decided) {
      if (this.last(partition) <= seq) this.stands.delete(partition);
      else if (this.stands.get(partition)?.seq !== seq) this.stands.set(partition, { seq, since: now });
    }
    const longest = Math.max(0, ...[...this.stands.values()].map(({ since }) => now - since));
    standing.set(longest / 1_000);
  }

  /** What the log holds no more waits for nothing: it would keep back what is for its people, and every wake-up, until others text. */
  private lookForDropped(first: number): void {
    for (const { partition, seq } of this.decided) {
      const people = this.dropBefore(first, partition, seq);
      if (people === 0) continue;
      dropped.inc(people);
      this.log.error(
        { partition, people, after: seq, before: first },
        'The inbound log has dropped texts, by their age or by hand, before they were decided.',
      );
    }
  }

  /** Forgets a partition's entries before the log's first; returns how many of them were somebody's last and lie behind `decided`. */
  private dropBefore(first: number, partition: number, decided: number): number {
    let lost = 0;
    for (let place = partition * MARKS; place < (partition + 1) * MARKS; place++) {
      const last = this.lasts[place] ?? 0;
      if (last === 0 || last >= first) continue;
      if (last > decided) lost++;
      this.lasts[place] = 0;
    }
    if (this.last(partition) < first) this.lastOfAll[partition] = 0;
    return lost;
  }

  private forget(): void {
    this.at = 0;
    this.lasts.fill(0);
    this.lastOfAll.fill(0);
    void this.messages?.close();
    this.messages = null;
  }

  private note(subject: string, seq: number): void {
    this.at = seq;
    const place = placeOf(subject);
    if (place) {
      this.lasts[place.partition * MARKS + place.mark] = seq;
      this.lastOfAll[place.partition] = seq;
    }
    if (this.waiting.length === 0) return;
    for (const one of this.waiting) if (one.seq <= seq) one.seen();
    this.waiting = this.waiting.filter((one) => one.seq > seq);
  }
}
