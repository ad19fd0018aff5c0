import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Row } from '../bench.ts';
import { answersOf, placesOf } from './answers-of.ts';
import { readProcessors, whereItWent } from './busy.ts';
import { costsEach, thousandsEach } from './costs.ts';
import type { CrowdProcess, Offered, Passing } from './crowd-process.ts';
import { quantile } from './load.ts';
import { Meter, type Workers } from './meter.ts';
import { memoryOf } from './processes.ts';
import type { ServerStage } from './server-stage.ts';
import { BALLOT } from './vote-flow.ts';
import { figure, microsecondsEach } from './words.ts';
import { untilWorkedOff } from './worked-off.ts';

/** As late as the 99th percentile of the replies may be committed, in milliseconds. */
export const DURABLE_MS = 1_000;
/** How often it is said how an offer goes, in seconds. */
const TELL_EVERY = 30;

interface OfferOptions {
  /** Told every now and then how it goes. */
  say?: (sentence: string) => void;
  /** Whether instructions are counted. */
  counts?: boolean;
}

/** A crowd before one server, whose texts are numbered from try to try. */
export class Vote {
  readonly heard = { acknowledged: 0, said: 0 };

  constructor(
    readonly source: DataSource,
    private readonly server: ServerStage,
    private readonly crowd: CrowdProcess,
    private readonly pids: Workers,
    private readonly people: number,
  ) {}

  /** Offers a rate and waits until everything of it is decided and sent. */
  async offer(
    rate: number,
    seconds: number,
    { say = () => undefined, counts = false }: OfferOptions = {},
  ): Promise<{ tried: Tried; offered: Offered; memory: Memory[] }> {
    const first = this.heard.said;
    const memory: Memory[] = [];
    let isOver = false;
    const watching = this.watch(memory, () => isOver);
    const meter = new Meter(this.source, this.pids, { counts });
    await meter.read('begin');
    const before = readProcessors();
    const offered = await this.crowd.offer(
      { rate, seconds, first, firstPerson: 0, people: this.people, script: BALLOT, tellEvery: TELL_EVERY },
      (passing) => void this.tell(passing, say),
    );
    await untilWorkedOff(this.source);
    await meter.read('end');
    const after = readProcessors();
    isOver = true;
    await watching;
    const cost = await meter.cost();
    const { node, postgres, generator } = cost;
    const { decided, pending, refused, lost, latencies } = answersOf(offered);
    if (lost > 0) throw new Error(`${lost} texts were never answered.`);
    const texts = decided + pending;
    this.heard.acknowledged += texts;
    this.heard.said += offered.said;
    const late = await this.decidedAfter(placesOf(offered, 'pending'), first, rate, offered.beganAt);
    const row: Row = {
      name: 'the whole',
      figures: {
        offered: rate,
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        durable: durable(offered, late),
        pending,
        refused,
        ...costsEach(cost, texts),
        generator: microsecondsEach(generator, texts),
        generatorCount: thousandsEach(cost.generatorCount, texts),
        memory: memoryOf(this.server.pid)?.highest ?? null,
        heap: Math.max(...memory.map(({ heap }) => heap)),
      },
    };
    const unsaid = offered.latencies.length - offered.said;
    const went = whereItWent(before, after, { node, PostgreSQL: postgres, 'load generator': generator });
    return { tried: { rate, texts, unsaid, refused, row, went }, offered, memory };
  }

  /** How it goes, before all is over: what was decided at once was durable when it was answered. */
  private async tell(passing: Passing, say: (sentence: string) => void): Promise<void> {
    const { at, seconds, decided, pending, refused, p99, waiting } = passing;
    const backlog = await this.server.backlog().catch(() => null);
    const of = pending + refused > 0 ? `p99 of ${figure(decided)} decided at once` : 'durable p99';
    say(
      `  ${figure(Math.round(at))} s: ${figure((decided + pending + refused) / seconds)} answers a second, ${of} ${figure(p99)} ms, ${figure(waiting)} wait for an answer, ${figure(backlog)} for a decision, ${figure(refused)} refused`,
    );
  }

  private async watch(memory: Memory[], isOver: () => boolean): Promise<void> {
    const began = performance.now();
    while (!isOver()) {
      const heap = await this.server.heap();
      memory.push({ at: performance.now() - began, rss: memoryOf(this.server.pid)?.now ?? null, heap });
      for (let waited = 0; waited < 2_000 && !isOver(); waited += 100) await sleep(100);
    }
  }

  /** When texts that were answered as pending were decided, in milliseconds after they were due: a reply's id says when it was made. */
  private async decidedAfter(
    places: readonly number[],
    first: number,
    rate: number,
    beganAt: number,
  ): Promise<Map<number, number>> {
    if (places.length === 0) return new Map();
    const rows: { place: number; at: number }[] = await this.source.query(
      `select p.place, (extract(epoch from uuid_extract_timestamp(o.id)) * 1000)::float8 as at
       from unnest($1::int[]) p(place) join inbound i on i.gateway_message_id = 'crowd-' || (p.place + $2::int)
         join outbound o on o.workspace_id = i.workspace_id and o.cause_id = i.id`,
      [places, first],
    );
    return new Map(rows.map(({ place, at }) => [place, at - beganAt - (place / rate) * 1_000]));
  }
}

/** One try: so many texts a second for so long. */
export interface Tried {
  rate: number;
  texts: number;
  /** Texts that were due and never said, because the server fell too far behind. */
  unsaid: number;
  refused: number;
  row: Row;
  /** Where the processors' time went, in a sentence. */
  went: string;
}

/** Nothing refused or left unsaid, and every reply in time. */
export const holds = ({ unsaid, refused, row }: Tried): boolean =>
  unsaid === 0 && refused === 0 && (row.figures.durable ?? Number.POSITIVE_INFINITY) < DURABLE_MS;

/** What the server's process took at a moment, in MiB. */
export interface Memory {
  /** Milliseconds since the offer began. */
  at: number;
  rss: number | null;
  heap: number;
}

/** The 99th percentile of when replies were committed. A text that was never answered was never durable. */
function durable({ said, latencies, answers }: Offered, late: ReadonlyMap<number, number>): number {
  const times = latencies.slice(0, said);
  for (let place = 0; place < said; place++) {
    if (answers[place] === 0) times[place] = Number.POSITIVE_INFINITY;
    const decided = late.get(place);
    if (decided !== undefined) times[place] = Math.max(decided, times[place] ?? 0);
  }
  return quantile(times.sort(), 0.99);
}
