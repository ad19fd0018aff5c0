import type { Effect } from '#flows/engine/effects.ts';
import type { Happening } from '#flows/engine/world.ts';
import type { Accepted } from '#shared/api/inbound.ts';
import { idsAfter, idTime, newId } from '../common/ids.ts';
import type { Log } from '../common/log.ts';
import { WriteSet } from '../database/write-set.ts';
import { FlowCounters } from '../runtime/flow-counters.ts';
import type { Replies } from '../runtime/handover.ts';
import type { ContactRow } from '../runtime/read-facts.ts';
import { answerOf, putOff, setAside } from './answers.ts';
import type { Waiting } from './backlog-rows.ts';
import type { Deciding } from './deciding.ts';
import { type Unheard, unheardOf } from './heed-stop.ts';
import { failedOrder, writeOrder } from './order-rows.ts';
import type { Placed } from './place.ts';
import { type Ledger, recordDecision, recordFailures } from './record.ts';
import { idOf, UNDECIDED_RUN, undecidedBut } from './undecided.ts';
import type { TextWork, Work } from './work.ts';

/** One piece of work that was decided, for those who watch. */
export interface Decided {
  work: Work;
  contactId: string;
  effects: readonly Effect[];
  /** How many runs it changed. */
  moved: number;
}

const UNREADABLE = 'What this run remembers cannot be read.';

/** What a batch has decided so far: the rows that say so, and what gateways and watchers are told once they are committed. */
export class Verdicts {
  readonly writes = new WriteSet();
  readonly counters = new FlowCounters();
  readonly answers = new Map<Work, Accepted>();
  readonly decided: Decided[] = [];
  /** Texts that are stored without being decided though their words may be a STOP. */
  readonly unheard: Unheard[] = [];
  /** An id for a row of nobody in particular. */
  readonly newId: () => string;

  private readonly goesNext: Ledger['goesNext'];

  /** `now`: read under the locks, so that what another node has decided for the same people is older. */
  constructor(
    readonly now: number,
    readonly replies: Replies,
    private readonly waiting: Waiting,
    private readonly log: Log,
  ) {
    this.newId = idsAt(now);
    this.goesNext = nextAmong(waiting, replies);
  }

  /**
   * Makes the ids of what is decided for somebody: higher than all that is queued for them, also where another node's clock is ahead of
   * ours, or ours was set back.
   */
  idsFor(contact: ContactRow): () => string {
    const unsent = this.waiting.lastUnsent.get(contact);
    const since = unsent === undefined ? 0 : idTime(unsent);
    return since < this.now ? this.newId : idsAfter(since);
  }

  answer(answers: Iterable<readonly [Work, Accepted]>): void {
    for (const [work, answer] of answers) this.answers.set(work, answer);
  }

  /** A part that completed its text is answered as the whole is. */
  answerAsWhole(wholes: ReadonlyMap<Work, TextWork>): void {
    for (const [part, whole] of wholes) {
      const answer = this.answers.get(whole);
      if (answer) this.answers.set(part, answer);
    }
  }

  /** Stores a text behind what its contact has waiting. */
  putOff({ work, contact, sender }: Placed & { work: TextWork }): void {
    this.answers.set(work, putOff(work, contact.id, sender.id, this.writes));
  }

  /** Stores a text that is not decided, and why; `placed` where it is known whom it is from. */
  setAside(work: TextWork, reason: string, placed: Placed | null): void {
    const { contact, sender } = placed ?? {};
    this.answers.set(work, setAside(work, reason, contact?.id ?? null, sender?.id ?? null, this.writes));
  }

  /** Writes down what was decided, or that it could not be. */
  record({ placed, loaded, newId, decision, failed }: Deciding): void {
    const { work, contact, sender } = placed;
    const { writes, counters, replies, goesNext } = this;
    const ledger: Ledger = { writes, counters, replies, goesNext, newId };
    recordFailures(placed, loaded, loaded.unreadable, UNREADABLE, ledger);
    if (decision) {
      recordDecision(placed, loaded, decision, ledger);
      const { effects, runs } = decision;
      this.decided.push({ work, contactId: contact.id, effects, moved: runs.length });
      if (work.kind === 'text') this.answers.set(work, answerOf(work, sender, decision));
      return;
    }
    this.log.error({ err: failed, ...idOf(work) }, 'A piece of work could not be decided.');
    if (work.kind === 'text') {
      const heeded = unheardOf(placed);
      this.unheard.push(...heeded);
      this.setAside(work, undecidedBut(heeded[0]?.wish ?? null), placed);
    } else {
      recordFailures(placed, loaded, runOf(work.happening), UNDECIDED_RUN, ledger);
      writeOrder(work, contact.id, failedOrder(UNDECIDED_RUN), writes);
    }
  }
}

const runOf = (happening: Happening): string[] => ('runId' in happening ? [happening.runId] : []);

// Functions of what they need and no more: one that held its Verdicts would keep all that a batch has thought, far beyond its end.

const idsAt = (now: number) => (): string => newId(now);

/** Whether nothing that is queued for somebody or undecided goes before what answers them now. */
const nextAmong =
  ({ heads, lastUnsent }: Waiting, replies: Replies): Ledger['goesNext'] =>
  ({ contact, sender }) =>
    !heads.has(contact) && replies.isNext(lastUnsent.get(contact), sender);
