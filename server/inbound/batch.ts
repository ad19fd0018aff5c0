import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Effect } from '#flows/engine/effects.ts';
import type { Happening } from '#flows/engine/world.ts';
import type { Accepted } from '#shared/api/inbound.ts';
import { Clock } from '../common/clock.ts';
import { idsAfter, idTime, newId } from '../common/ids.ts';
import { Log } from '../common/log.ts';
import { WriteSet } from '../database/write-set.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { FlowCounters } from '../runtime/flow-counters.ts';
import { Handover, type Replies } from '../runtime/handover.ts';
import { failedOrder, spentOrders, writeOrder } from './order-rows.ts';
import { WorldCache, type WorkspaceWorld } from '../runtime/world-cache.ts';
import { answerOf, putOff, setAside } from './answers.ts';
import { readWaiting } from './backlog-rows.ts';
import { decidedAlready } from './decided-already.ts';
import { type Deciding, settleAll, startDeciding } from './deciding.ts';
import { FLOOD_REASON, Floods } from './floods.ts';
import { heedAll, type Hearing, type Unheard, unheardOf } from './heed-stop.ts';
import { type Claim, claimIds, NO_CONTACT, readAnswers } from './inbound-rows.ts';
import { fitParts, inboundIdOf, joinParts } from './long-texts.ts';
import { holdKnown, type Placed, place, type Unplaced } from './place.ts';
import { type ContactRow, type Facts, readFacts, readRevisions } from '../runtime/read-facts.ts';
import { type Ledger, recordDecision, recordFailures } from './record.ts';
import { findSameTexts } from './same-texts.ts';
import { findStrays } from './stray-stops.ts';
import { takeTurns } from './turns.ts';
import { idOf, UNDECIDED_RUN, undecidedBut } from './undecided.ts';
import type { TextWork, Work } from './work.ts';

/** What a committed batch did. */
export interface BatchResult {
  answers: ReadonlyMap<Work, Accepted>;
  /** Work on contacts that are locked elsewhere; it goes back to the head of the queue. */
  again: Work[];
  /** Work that has to wait until its contact's backlog is decided; nothing was done with it. */
  postponed: Work[];
  /** How many texts were stored without being decided. */
  pending: number;
  decided: Decided[];
  replies: Replies;
  counters: FlowCounters;
}

/** One piece of work that was decided, for those who watch. */
export interface Decided {
  work: Work;
  contactId: string;
  effects: readonly Effect[];
  /** How many runs it changed. */
  moved: number;
}

/** A batch that is decided and not yet written. Of all that was read and thought, no more than this outlives the wait for the database. */
export interface Draft {
  writes: WriteSet;
  result: BatchResult;
}

const UNREADABLE = 'What this run remembers cannot be read.';

/**
 * Decides a batch of work, at most one piece a contact, in one transaction: lock, then read, then decide, then write once.
 * `late` stores new texts without deciding them. The caller owns BEGIN and COMMIT.
 */
@Injectable()
export class BatchDecider {
  private readonly floods = new Floods();

  constructor(
    private readonly worlds: WorldCache,
    private readonly flows: FlowCache,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly handover: Handover,
  ) {}

  async decide(client: PoolClient, works: readonly Work[], late = false): Promise<BatchResult> {
    const { writes, result } = await this.draft(client, works, late);
    await writes.flush(client);
    return result;
  }

  /** What it takes to heed a text that this cannot decide. */
  get hearing(): Hearing {
    return { worlds: this.worlds, log: this.log };
  }

  /** The same up to the statement that writes it all down, so that COMMIT can go out right behind that. */
  async draft(client: PoolClient, works: readonly Work[], late = false): Promise<Draft> {
    // Whom a text is from does not depend on what is published, so both are asked together.
    const [worlds, held] = await Promise.all([this.readWorlds(client, works), holdKnown(client, works)]);
    const { placed: found, unplaced, again } = await place(client, works, worlds, held);
    const parts = await fitParts(client, found);
    const same = await findSameTexts(client, found);
    const contacts = found.map(({ contact }) => contact);
    const arms = found.some(({ world }) => world.hasExperiments);
    // None of these waits for another's answer, so they go out together.
    const [claimed, decidedBefore, { heads, lastUnsent }, facts] = await Promise.all([
      claimIds(
        client,
        claimsOf(found, unplaced, (text) => same.get(text) ?? inboundIdOf(text, parts)),
      ),
      decidedAlready(client, found),
      readWaiting(client, contacts),
      readFacts(client, contacts, { arms }),
    ]);
    const repeats = new Map([...same, ...parts.repeats, ...claimed, ...decidedBefore]);
    const writes = new WriteSet();
    const {
      placed,
      wholes,
      late: tooLate,
      answers: ofParts,
    } = joinParts(
      found.filter(({ work }) => work.kind === 'run' || !repeats.has(work)),
      parts,
      writes,
    );
    const answers = new Map<Work, Accepted>([...(await readAnswers(client, repeats)), ...ofParts]);
    const decided: Decided[] = [];

    // Read under the locks: another node may have decided for the same people a moment ago, and its ids must be lower, also where
    // its clock is ahead of ours, or ours was set back.
    const now = this.clock.now();
    const idsFor = (contact: ContactRow) => {
      const unsent = lastUnsent.get(contact);
      const since = unsent === undefined ? 0 : idTime(unsent);
      return since < now ? ledger.newId : idsAfter(since);
    };
    const replies = this.handover.begin(now);
    const ledger: Ledger = {
      writes,
      counters: new FlowCounters(),
      replies,
      goesNext: ({ contact, sender }) =>
        !heads.has(contact) && replies.isNext(lastUnsent.get(contact), sender),
      newId: () => newId(now),
    };
    const { due: inTurn, behind, postponed } = takeTurns(placed, heads, late);
    for (const { work, contact, sender } of behind)
      answers.set(work, putOff(work, contact.id, sender.id, ledger.writes));
    const due = inTurn.filter(({ work, contact, sender }) => {
      if (work.kind === 'run' || !this.floods.isOneTooMany(work, sender)) return true;
      answers.set(work, setAside(work, FLOOD_REASON, contact.id, sender.id, ledger.writes));
      return false;
    });
    const spent = await spentOrders(
      client,
      due.map(({ work }) => work),
    );
    const flows = await this.flows.load(versionsIn(facts));
    const unheard: Unheard[] = tooLate.flatMap(unheardOf);
    const record = (deciding: Deciding): void => {
      this.record(deciding, ledger, { answers, decided });
      if (!deciding.decision) unheard.push(...unheardOf(deciding.placed));
    };
    const asking: Deciding[] = [];
    for (const one of due) {
      if (spent.has(one.work)) continue;
      const deciding = startDeciding(one, { facts, flows, newId: idsFor(one.contact) });
      // What needs nothing more is written down at once: what was thought to get there is let go.
      if (deciding.open) asking.push(deciding);
      else record(deciding);
    }
    await settleAll(client, asking);
    asking.forEach(record);
    const astray = unplaced.filter(({ work }) => !repeats.has(work));
    if (astray.length > 0) {
      const strays = await findStrays(client, astray, worlds, held);
      unheard.push(...strays.unheard);
      again.push(...strays.again);
      for (const { work, reason } of astray)
        if (!strays.again.has(work)) answers.set(work, setAside(work, reason, null, null, ledger.writes));
    }
    if (unheard.length > 0) await heedAll(client, unheard, ledger);
    for (const [part, whole] of wholes) {
      const answer = answers.get(whole);
      if (answer) answers.set(part, answer);
    }
    ledger.counters.writeTo(ledger.writes);
    const { counters } = ledger;
    const result = { answers, again, postponed, pending: behind.length, decided, replies, counters };
    return { writes, result };
  }

  private async readWorlds(client: PoolClient, works: readonly Work[]): Promise<Map<string, WorkspaceWorld>> {
    const rows = await readRevisions(client, [...new Set(works.map((work) => work.workspaceId))]);
    const worlds = new Map<string, WorkspaceWorld>();
    for (const { id, revision } of rows) worlds.set(id, await this.worlds.at(id, revision));
    return worlds;
  }

  /** Writes down what was decided, or that it could not be. */
  private record(
    { placed, loaded, newId, decision, failed }: Deciding,
    { writes, counters, replies, goesNext }: Ledger,
    { answers, decided }: { answers: Map<Work, Accepted>; decided: Decided[] },
  ): void {
    const { work, contact, sender } = placed;
    const own: Ledger = { writes, counters, replies, goesNext, newId };
    recordFailures(placed, loaded, loaded.unreadable, UNREADABLE, own);
    if (decision) {
      recordDecision(placed, loaded, decision, own);
      const { effects, runs } = decision;
      decided.push({ work, contactId: contact.id, effects, moved: runs.length });
      if (work.kind === 'text') answers.set(work, answerOf(work, sender, decision));
      return;
    }
    this.log.error({ err: failed, ...idOf(work) }, 'A piece of work could not be decided.');
    if (work.kind === 'text') {
      const [heeded] = unheardOf(placed);
      answers.set(work, setAside(work, undecidedBut(heeded?.wish ?? null), contact.id, sender.id, writes));
    } else {
      recordFailures(placed, loaded, runOf(work.happening), UNDECIDED_RUN, own);
      writeOrder(work, contact.id, failedOrder(UNDECIDED_RUN), writes);
    }
  }
}

function versionsIn(facts: Facts): Set<string> {
  const versions = new Set<string>();
  for (const runs of facts.runs.values()) for (const run of runs) versions.add(run.version_id);
  return versions;
}

const runOf = (happening: Happening): string[] => ('runId' in happening ? [happening.runId] : []);

/** The gateways' ids in a batch; what comes from the backlog has claimed its own before. */
function claimsOf(
  found: readonly Placed[],
  unplaced: readonly Unplaced[],
  inboundId: (text: TextWork) => string,
): Claim[] {
  const claims: Claim[] = [];
  for (const { work, contact } of found) {
    if (work.kind === 'text' && work.gatewayMessageId !== null && !work.backlog)
      claims.push({ work, contactId: contact.id, inboundId: inboundId(work) });
  }
  for (const { work } of unplaced) {
    if (work.gatewayMessageId !== null && !work.backlog)
      claims.push({ work, contactId: NO_CONTACT, inboundId: work.id });
  }
  return claims;
}
