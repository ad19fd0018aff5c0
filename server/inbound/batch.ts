import { Injectable, Optional } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { offsetOf } from '#flows/engine/contact-clocks.ts';
import { decide } from '#flows/engine/decide.ts';
import type { Driving } from '#flows/engine/drive.ts';
import type { Effect } from '#flows/engine/effects.ts';
import type { Decision, Happening } from '#flows/engine/world.ts';
import type { Accepted } from '#shared/api/inbound.ts';
import { Clock } from '../common/clock.ts';
import { idsAfter, newId } from '../common/ids.ts';
import { newLinkCode } from '../common/link-code.ts';
import { Log } from '../common/log.ts';
import { ZONES } from '../common/zones.ts';
import { WriteSet } from '../database/write-set.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { FlowCounters } from '../runtime/flow-counters.ts';
import { spentOrders, writeOrder } from '../runtime/order-rows.ts';
import { type OpenRequest, settleRequests } from '../runtime/settle.ts';
import { WorldCache, type WorkspaceWorld } from '../runtime/world-cache.ts';
import { answerOf, putOff, setAside } from './answers.ts';
import { readWaiting } from './backlog-rows.ts';
import { type LoadedContact, loadContact } from './contact-state.ts';
import { decidedAlready } from './decided-already.ts';
import { FLOOD_REASON, Floods } from './floods.ts';
import { type Claim, claimIds, NO_CONTACT, readAnswers } from './inbound-rows.ts';
import { fitParts, inboundIdOf, joinParts } from './long-texts.ts';
import { holdKnown, type Placed, place, type Unplaced } from './place.ts';
import { type ContactRow, type Facts, readFacts, readRevisions } from './read-facts.ts';
import { type Ledger, recordDecision, recordFailures } from './record.ts';
import { findSameTexts } from './same-texts.ts';
import { takeTurns } from './turns.ts';
import { idOf, UNDECIDED_RUN, UNDECIDED_TEXT } from './undecided.ts';
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

/** A decision under way: `open` is what it waits for the shell to settle, `decision` where it ended, `failed` why it did not. */
interface Deciding {
  placed: Placed;
  loaded: LoadedContact;
  driving: Driving<Decision>;
  /** Makes the ids of all rows of this contact, in their order. */
  newId: () => string;
  open: OpenRequest | null;
  decision: Decision | null;
  failed: unknown;
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
    @Optional() private readonly log?: Log,
  ) {}

  async decide(client: PoolClient, works: readonly Work[], late = false): Promise<BatchResult> {
    const { writes, result } = await this.draft(client, works, late);
    await writes.flush(client);
    return result;
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
      return unsent === undefined || unsent < now ? ledger.newId : idsAfter(unsent);
    };
    const ledger: Ledger = { writes, counters: new FlowCounters(), newId: () => newId(now) };
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
    const deciding = await this.start(
      due.filter(({ work }) => !spent.has(work)),
      facts,
      idsFor,
    );
    await settleAll(client, deciding);
    for (const { placed, loaded, newId, decision, failed } of deciding) {
      const { work, contact, sender } = placed;
      const own: Ledger = { writes, counters: ledger.counters, newId };
      recordFailures(placed, loaded, loaded.unreadable, UNREADABLE, own);
      if (decision) {
        recordDecision(placed, loaded, decision, own);
        decided.push({
          work,
          contactId: contact.id,
          effects: decision.effects,
          moved: decision.runs.length,
        });
        if (work.kind === 'text') answers.set(work, answerOf(work, sender, decision));
        continue;
      }
      this.log?.error({ err: failed, ...idOf(work) }, 'A piece of work could not be decided.');
      if (work.kind === 'text') {
        answers.set(work, setAside(work, UNDECIDED_TEXT, contact.id, sender.id, ledger.writes));
      } else {
        recordFailures(placed, loaded, runOf(work.happening), UNDECIDED_RUN, own);
        writeOrder(
          work,
          contact.id,
          { outcome: 'failed', reason: UNDECIDED_RUN, runId: null },
          ledger.writes,
        );
      }
    }
    for (const { work, reason } of unplaced) {
      if (!repeats.has(work)) answers.set(work, setAside(work, reason, null, null, ledger.writes));
    }
    for (const [part, whole] of wholes) {
      const answer = answers.get(whole);
      if (answer) answers.set(part, answer);
    }
    ledger.counters.writeTo(ledger.writes);
    const { counters } = ledger;
    const result = { answers, again, postponed, pending: behind.length, decided, counters };
    return { writes, result };
  }

  private async readWorlds(client: PoolClient, works: readonly Work[]): Promise<Map<string, WorkspaceWorld>> {
    const rows = await readRevisions(client, [...new Set(works.map((work) => work.workspaceId))]);
    const worlds = new Map<string, WorkspaceWorld>();
    for (const { id, revision } of rows) worlds.set(id, await this.worlds.at(id, revision));
    return worlds;
  }

  /** Takes every decision to its end or to what it first asks of the shell. */
  private async start(
    placed: readonly Placed[],
    facts: Facts,
    idsFor: (contact: ContactRow) => () => string,
  ): Promise<Deciding[]> {
    if (placed.length === 0) return [];
    const versions = new Set<string>();
    for (const runs of facts.runs.values()) for (const run of runs) versions.add(run.version_id);
    const flows = await this.flows.load(versions);
    return placed.map((one) => {
      const loaded = loadContact(one.contact, facts, one.sender, one.world, flows);
      const newId = idsFor(one.contact);
      const identity = { newId, newCode: newLinkCode };
      const driving = decide(happeningOf(one), loaded.state, one.sender.world, identity);
      const deciding = { placed: one, loaded, driving, newId, open: null, decision: null, failed: null };
      proceed(deciding, () => driving.next());
      return deciding;
    });
  }
}

function happeningOf({ work, contact, world }: Placed): Happening {
  if (work.kind === 'run') return work.happening;
  const { phone, fields } = contact;
  const offsetMinutes = offsetOf({ phone, fields, timeZone: world.timeZone }, work.at, ZONES);
  const media = work.media && work.media.length > 0 ? { media: work.media } : {};
  const { text, at, saidAt } = work;
  if (saidAt !== undefined) return { kind: 'message', text, at, offsetMinutes, saidAt, ...media };
  return { kind: 'message', text, at, offsetMinutes, ...media };
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

/** Takes a decision one turn further. A failure of the engine itself is noted and must not stop the others. */
function proceed(deciding: Deciding, turn: () => IteratorResult<OpenRequest['request'], Decision>): void {
  const { placed } = deciding;
  deciding.open = null;
  try {
    const { done, value } = turn();
    if (done) deciding.decision = value;
    else
      deciding.open = {
        request: value,
        world: placed.world,
        contactId: placed.contact.id,
        phone: placed.contact.phone,
        fields: placed.contact.fields,
        at: placed.work.at,
      };
  } catch (cause) {
    deciding.failed = cause;
  }
}

/** Answers the requests of all decisions, round by round, one statement a kind and round. */
async function settleAll(client: PoolClient, deciding: readonly Deciding[]): Promise<void> {
  for (;;) {
    const waiting: { one: Deciding; open: OpenRequest }[] = [];
    for (const one of deciding) if (one.open) waiting.push({ one, open: one.open });
    if (waiting.length === 0) return;
    const outcomes = await settleRequests(
      client,
      waiting.map(({ open }) => open),
    );
    waiting.forEach(({ one }, index) => {
      const outcome = outcomes[index];
      if (!outcome) throw new Error('A request was left without an outcome.');
      proceed(one, () => one.driving.next(outcome));
    });
  }
}
