import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Row } from '../bench.ts';
import { answersOf, placesOf } from './answers-of.ts';
import type { CrowdProcess, Offered } from './crowd-process.ts';
import { quantile } from './load.ts';
import type { Meter } from './meter.ts';
import { memoryOf } from './processes.ts';
import type { ServerStage } from './server-stage.ts';
import { BALLOT } from './vote-flow.ts';
import { microsecondsEach } from './words.ts';
import { untilWorkedOff } from './worked-off.ts';

/** As late as the 99th percentile of the replies may be committed, in milliseconds. */
export const DURABLE_MS = 1_000;

/** A crowd before one server, whose texts are numbered from try to try. */
export class Vote {
  readonly heard = { acknowledged: 0, said: 0 };

  constructor(
    readonly source: DataSource,
    private readonly server: ServerStage,
    private readonly crowd: CrowdProcess,
    private readonly meter: Meter,
    private readonly people: number,
  ) {}

  /** Offers a rate and waits until everything of it is decided and sent. */
  async offer(rate: number, seconds: number): Promise<{ tried: Tried; offered: Offered; memory: Memory[] }> {
    const first = this.heard.said;
    const memory: Memory[] = [];
    let isOver = false;
    const watching = this.watch(memory, () => isOver);
    this.meter.read('begin');
    const offered = await this.crowd.offer({
      rate,
      seconds,
      first,
      firstPerson: 0,
      people: this.people,
      script: BALLOT,
    });
    await untilWorkedOff(this.source);
    this.meter.read('end');
    isOver = true;
    await watching;
    const { node, postgres } = await this.meter.cost();
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
        node: microsecondsEach(node, texts),
        postgres: microsecondsEach(postgres, texts),
        generator: microsecondsEach(offered.cpuSeconds, texts),
        memory: memoryOf(this.server.pid)?.highest ?? null,
        heap: Math.max(...memory.map(({ heap }) => heap)),
      },
    };
    const unsaid = offered.latencies.length - offered.said;
    return { tried: { rate, texts, unsaid, refused, row }, offered, memory };
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
