import { clean } from '#shared/sms/text.ts';
import { decide } from './decide.ts';
import type { TransactionOutcome, TransactionRequest } from './effects.ts';
import type { ContactState, Decision, Happening, Run, SenderWorld } from './world.ts';

/** A bubble, or the time between two. `at` is the phone's own clock in milliseconds. */
export type PhoneLine =
  | { kind: 'said' | 'heard'; text: string; at: number; runId: string | null; node: string | null }
  | { kind: 'later'; seconds: number; at: number };

export interface PhoneOptions {
  world: SenderWorld;
  phone: string;
  language?: string | null;
  fields?: ContactState['fields'];
  /** Contests that take no entries any more. */
  closedContests?: Iterable<string>;
  /** Where the phone's clock starts, in milliseconds. */
  startAt: number;
}

/**
 * One person's phone against the engine, with no server: the simulator in the editor, the driver of golden conversations,
 * and the chat on the command line. Time moves only when told to.
 */
export class Phone {
  readonly lines: PhoneLine[] = [];
  readonly decisions: Decision[] = [];
  readonly contact: ContactState;
  private readonly world: SenderWorld;
  private readonly entered = new Set<string>();
  private readonly closed: ReadonlySet<string>;
  private clock: number;
  private ids = 0;

  constructor(options: PhoneOptions) {
    this.world = options.world;
    this.clock = options.startAt;
    this.closed = new Set(options.closedContests);
    this.contact = {
      phone: options.phone,
      language: options.language ?? null,
      fields: { ...options.fields },
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
  says(raw: string): string[] {
    const text = clean(raw);
    this.lines.push({ kind: 'said', text, at: this.clock, runId: null, node: null });
    return this.happen({ kind: 'message', text, at: this.clock });
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

  private nextToWake(until: number): Run | null {
    let next: Run | null = null;
    for (const run of this.contact.runs) {
      if (run.wakeAt !== null && run.wakeAt <= until && (next?.wakeAt == null || run.wakeAt < next.wakeAt))
        next = run;
    }
    return next;
  }

  private happen(happening: Happening): string[] {
    const deciding = decide(happening, this.contact, this.world, { newId: () => `local-${++this.ids}` });
    let turn = deciding.next();
    while (!turn.done) turn = deciding.next(this.answer(turn.value));
    const decision = turn.value;
    this.decisions.push(decision);
    const heard: string[] = [];
    for (const effect of decision.effects) {
      if (effect.kind !== 'send') continue;
      heard.push(effect.text);
      this.lines.push({
        kind: 'heard',
        text: effect.text,
        at: this.clock,
        runId: effect.runId,
        node: effect.node,
      });
    }
    return heard;
  }

  /** Does in memory what the server does inside its transaction. */
  private answer(request: TransactionRequest): TransactionOutcome {
    if (this.closed.has(request.contest)) return 'closed';
    if (this.entered.has(request.contest)) return 'already';
    this.entered.add(request.contest);
    return 'entered';
  }
}
