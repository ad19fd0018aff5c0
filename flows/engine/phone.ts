import { heard } from '#shared/sms/mask-personal.ts';
import { decide } from './decide.ts';
import {
  type Effect,
  LATER_OUTCOMES,
  type LaterKind,
  type Scalar,
  type TransactionAnswer,
  type TransactionRequest,
} from './effects.ts';
import { SAMPLE_CODE } from './vouchers.ts';
import type { DeliveryState } from './events.ts';
import { type OffsetAt, openAt } from './opening-hours.ts';
import type { ContactState, Decision, Happening, MessageFacts, Run, SenderWorld } from './world.ts';

/** A bubble, or the time between two. `at` is the phone's own clock in milliseconds. */
export type PhoneLine =
  | { kind: 'said' | 'heard'; text: string; at: number; runId: string | null; node: string | null }
  | { kind: 'later'; seconds: number; at: number };

/** Something that was asked for outside and has no answer yet. */
export type OpenCall = Extract<Effect, { kind: 'call' }>;

/** What the outside answers, chosen by whoever holds the phone. */
export interface ChosenAnswer {
  outcome: string;
  values?: Readonly<Record<string, Scalar>>;
}

export interface PhoneOptions {
  world: SenderWorld;
  phone: string;
  /** Whether the number is known already; it is from its first text on. */
  known?: boolean;
  language?: string | null;
  fields?: ContactState['fields'];
  tags?: readonly string[];
  /** Contests that take no entries any more. */
  closedContests?: Iterable<string>;
  /** Pools of vouchers that have no code left. */
  emptyPools?: Iterable<string>;
  /** The zones whose clocks decide about opening hours in `zone` ("contact" or a name such as Europe/London); UTC unless said. */
  zones?: (zone: string) => readonly OffsetAt[];
  /** What is asked for outside waits until somebody answers it; otherwise it is answered at once, and well. */
  holds?: boolean;
  /** Where the phone's clock starts, in milliseconds. */
  startAt: number;
}

/** After one happening the outside answers at most so often at once; what is open then stays open. */
const MOST_ANSWERS = 100;

/**
 * One person's phone against the engine, with no server: the simulator in the editor, the driver of golden conversations,
 * and the chat on the command line. Time moves only when told to.
 */
export class Phone {
  readonly lines: PhoneLine[] = [];
  readonly decisions: Decision[] = [];
  readonly contact: ContactState;
  /** What was asked for outside and waits for its answer, oldest first. */
  readonly open: OpenCall[] = [];
  private readonly world: SenderWorld;
  private readonly zones: NonNullable<PhoneOptions['zones']>;
  private readonly holds: boolean;
  private readonly entered = new Set<string>();
  private readonly closed: ReadonlySet<string>;
  private readonly empty: ReadonlySet<string>;
  /** Pools that the person has a code of. */
  private readonly had = new Set<string>();
  private readonly chosen = new Map<string, ChosenAnswer[]>();
  private clock: number;
  private ids = 0;

  constructor(options: PhoneOptions) {
    this.world = options.world;
    this.clock = options.startAt;
    this.closed = new Set(options.closedContests);
    this.empty = new Set(options.emptyPools);
    this.zones = options.zones ?? (() => [() => 0]);
    this.holds = options.holds ?? false;
    this.contact = {
      phone: options.phone,
      known: options.known ?? false,
      language: options.language ?? null,
      fields: { ...options.fields },
      tags: [...(options.tags ?? [])],
      stopped: false,
      consents: {},
      arms: {},
      runs: [],
    };
  }

  get now(): number {
    return this.clock;
  }

  /** The run whose turn it is: the newest that has not ended, or the last one that did. */
  get run(): Run | null {
    return this.contact.runs.find((run) => run.status === 'active') ?? this.contact.runs[0] ?? null;
  }

  /** The person sends a text; returns the texts that come back. */
  says(raw: string, media: readonly string[] = []): string[] {
    const text = heard(raw);
    this.lines.push({ kind: 'said', text, at: this.clock, runId: null, node: null });
    const offsetMinutes = this.zones('contact')[0]?.(this.clock) ?? 0;
    const facts: MessageFacts = { offsetMinutes, ...(media.length > 0 ? { media } : {}) };
    return this.happen({ kind: 'message', text, at: this.clock, ...facts });
  }

  /** Time passes; wake-ups fire in their order at their own times. Returns the texts sent meanwhile. */
  wait(seconds: number): string[] {
    const until = this.clock + seconds * 1_000;
    this.lines.push({ kind: 'later', seconds, at: until });
    const heard: string[] = [];
    for (let run = this.nextToWake(until); run; run = this.nextToWake(until)) {
      this.clock = run.wakeAt ?? this.clock;
      heard.push(...this.happen({ kind: 'wake', runId: run.id, seq: run.seq, at: this.clock }));
    }
    this.clock = until;
    return heard;
  }

  /**
   * The outside answers the oldest open request of this kind; where none is open, the next one will be answered like this.
   * Returns the texts that follow.
   */
  answer(kind: LaterKind, outcome: string, values?: ChosenAnswer['values']): string[] {
    const chosen = { outcome, ...(values === undefined ? {} : { values }) };
    const at = this.open.findIndex(({ call }) => call.kind === kind);
    if (at >= 0) return this.open.splice(at, 1).flatMap((open) => this.happen(this.answered(open, chosen)));
    this.chosen.set(kind, [...(this.chosen.get(kind) ?? []), chosen]);
    return [];
  }

  /** Something happens outside that runs may wait for. Returns the texts that follow. */
  event(name: string, key: string | null = null, value: Scalar = null): string[] {
    return this.happen({ kind: 'event', name, key, value, at: this.clock });
  }

  /** The gateway reports what became of the last text. Returns the texts that follow. */
  delivery(state: DeliveryState): string[] {
    if (this.open.some(({ call }) => call.kind === 'delivery')) return this.answer('delivery', state);
    const { run } = this;
    return run ? this.happen({ kind: 'delivery', runId: run.id, state, at: this.clock }) : [];
  }

  private nextToWake(until: number): Run | null {
    let next: Run | null = null;
    for (const run of this.contact.runs) {
      if (run.wakeAt !== null && run.wakeAt <= until && (next?.wakeAt == null || run.wakeAt < next.wakeAt))
        next = run;
    }
    return next;
  }

  /** Something happens, and then what the outside answers to it; at most so often, since a drawing may ask again and again. */
  private happen(happening: Happening): string[] {
    const heard = this.handle(happening);
    for (let answers = 0; answers < MOST_ANSWERS; answers++) {
      const next = this.nextAnswer();
      if (next === null) break;
      heard.push(...this.handle(next));
    }
    return heard;
  }

  private handle(happening: Happening): string[] {
    const identity = { newId: () => `local-${++this.ids}`, newCode: () => `code${++this.ids}` };
    const deciding = decide(happening, this.contact, this.world, identity);
    let turn = deciding.next();
    while (!turn.done) turn = deciding.next(this.settle(turn.value));
    const decision = turn.value;
    this.contact.known = true;
    this.decisions.push(decision);
    const heard: string[] = [];
    for (const effect of decision.effects) {
      if (effect.kind === 'call') this.open.push(effect);
      if (effect.kind !== 'send') continue;
      heard.push(effect.text);
      const { text, runId, node } = effect;
      this.lines.push({ kind: 'heard', text, at: this.clock, runId, node });
    }
    return heard;
  }

  /** The answer to the oldest open request: as was chosen before, or well where nothing was and nobody wants to be asked. */
  private nextAnswer(): Happening | null {
    for (const open of this.open) {
      const chosen = this.chosen.get(open.call.kind)?.shift();
      if (!chosen && this.holds) continue;
      this.open.splice(this.open.indexOf(open), 1);
      return this.answered(open, chosen ?? { outcome: LATER_OUTCOMES[open.call.kind][0] });
    }
    return null;
  }

  private answered(
    { runId, seq, call, message, sample }: OpenCall,
    { outcome, values }: ChosenAnswer,
  ): Happening {
    const [ordinary] = LATER_OUTCOMES[call.kind];
    return {
      kind: 'answer',
      runId,
      seq,
      effect: call.kind,
      outcome,
      values: values ?? (outcome === ordinary ? sample : {}),
      message,
      at: this.clock,
    };
  }

  /** Does in memory what the server does inside its transaction. */
  private settle(request: TransactionRequest): TransactionAnswer {
    if (request.kind === 'window') {
      const { open, opens } = openAt(request.hours, this.clock, this.zones(request.zone));
      return { outcome: open ? 'open' : 'closed', ...(opens === null ? {} : { until: opens }) };
    }
    if (request.kind === 'claim-voucher') return this.give(request.pool);
    if (this.closed.has(request.contest)) return { outcome: 'closed' };
    if (this.entered.has(request.contest)) return { outcome: 'already' };
    this.entered.add(request.contest);
    return { outcome: 'entered' };
  }

  private give(pool: string): TransactionAnswer {
    if (this.had.has(pool)) return { outcome: 'had', value: SAMPLE_CODE };
    if (this.empty.has(pool)) return { outcome: 'none-left' };
    this.had.add(pool);
    return { outcome: 'given', value: SAMPLE_CODE };
  }
}
