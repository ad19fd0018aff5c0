import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Accepted } from '#shared/api/inbound.ts';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import type { WriteSet } from '../database/write-set.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import type { FlowCounters } from '../runtime/flow-counters.ts';
import { Handover, type Replies } from '../runtime/handover.ts';
import { type ContactRow, type Facts, readRevisions } from '../runtime/read-facts.ts';
import { WorldCache, type WorkspaceWorld } from '../runtime/world-cache.ts';
import { type Deciding, settleAll, startDeciding } from './deciding.ts';
import { FLOOD_REASON, Floods } from './floods.ts';
import { heedAll, type Hearing, unheardOf } from './heed-stop.ts';
import { disclaimStrays, readAnswers } from './inbound-rows.ts';
import { readKnown } from './known.ts';
import { joinParts } from './long-texts.ts';
import { spentOrders } from './order-rows.ts';
import { holdKnown, type Placed, type Places, place, type Unplaced } from './place.ts';
import { findStrays } from './stray-stops.ts';
import { takeTurns } from './turns.ts';
import { readUnasked } from './unasked.ts';
import { isMissed, isUnopened, leavesOut } from './unopened.ts';
import { type Decided, Verdicts } from './verdicts.ts';
import type { TextWork, Work } from './work.ts';

/** What a committed batch did. */
export interface BatchResult {
  answers: ReadonlyMap<Work, Accepted>;
  /** Work on contacts that are locked elsewhere; it goes back to the head of the queue. */
  again: Work[];
  /** Work that has to wait until its contact's backlog is decided; nothing was done with it. */
  postponed: Work[];
  /** What happened to runs of a version that does not open here; nothing was done with it, but that of an event these other runs have heard. */
  unopened: ReadonlyMap<Work, readonly string[]>;
  /** How many texts were stored without being decided. */
  pending: number;
  decided: Decided[];
  replies: Replies;
  counters: FlowCounters;
}

/** A batch that is decided and not yet written. Of all that was read and thought, no more than this outlives the wait for the database. */
export interface Draft {
  writes: WriteSet;
  result: BatchResult;
}

/** Work whose contacts this transaction holds, and work that has none. */
interface Held extends Places {
  worlds: ReadonlyMap<string, WorkspaceWorld>;
  contacts: ReadonlyMap<Work, ContactRow>;
}

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
    const held = await this.lock(client, works);
    const { placed, elsewhere, repeats, parts, waiting, facts } = await readKnown(client, held);
    const now = this.clock.now();
    const verdicts = new Verdicts(now, this.handover.begin(now), waiting, this.log);
    const isNew = ({ work }: { work: Work }) => work.kind === 'run' || !repeats.has(work);

    const joined = joinParts(placed.filter(isNew), parts, verdicts.writes);
    const { due, behind, postponed } = takeTurns(joined.placed, waiting.heads, late);
    verdicts.answer(await readAnswers(client, repeats));
    verdicts.answer(joined.answers);
    for (const one of behind) verdicts.putOff(one);
    const heard = due.filter((one) => !this.isFlood(one, verdicts));
    const unasked = await readUnasked(client, heard, waiting.lastUnsent, now);
    const unopened = await this.decideAll(client, heard, { facts, unasked }, verdicts);
    const astray = await setAstray(client, held.unplaced.filter(isNew), held, verdicts);
    verdicts.unheard.push(...joined.late.flatMap(unheardOf));
    if (verdicts.unheard.length > 0) await heedAll(client, verdicts.unheard, verdicts);
    verdicts.answerAsWhole(joined.wholes);

    const { writes, answers, decided, replies, counters } = verdicts;
    counters.writeTo(writes);
    const again = [...held.again, ...elsewhere, ...astray];
    const result = {
      answers,
      again,
      postponed,
      unopened,
      pending: behind.length,
      decided,
      replies,
      counters,
    };
    return { writes, result };
  }

  /** Locks the contacts of a batch; who is new is being created. */
  private async lock(client: PoolClient, works: readonly Work[]): Promise<Held> {
    // Whom a text is from does not depend on what is published, so both are asked together.
    const [worlds, contacts] = await Promise.all([this.readWorlds(client, works), holdKnown(client, works)]);
    return { worlds, contacts, ...(await place(client, works, worlds, contacts)) };
  }

  private async readWorlds(client: PoolClient, works: readonly Work[]): Promise<Map<string, WorkspaceWorld>> {
    const rows = await readRevisions(client, [...new Set(works.map((work) => work.workspaceId))]);
    const worlds = new Map<string, WorkspaceWorld>();
    for (const { id, revision } of rows) worlds.set(id, await this.worlds.at(id, revision));
    return worlds;
  }

  /** Whether a text is one too many of the same; it is set aside then. A STOP in it is heeded all the same. */
  private isFlood(one: Placed, verdicts: Verdicts): boolean {
    const { work, sender } = one;
    if (work.kind === 'run' || !this.floods.isOneTooMany(work, sender)) return false;
    verdicts.setAside(work, FLOOD_REASON, one);
    verdicts.unheard.push(...unheardOf(one).map((unheard) => ({ ...unheard, isOneOfMany: true as const })));
    return true;
  }

  /**
   * Decides what is due, but orders that are done already, and what happens to runs that do not open, which it returns, with the runs that
   * have heard of it all the same.
   */
  private async decideAll(
    client: PoolClient,
    due: readonly Placed[],
    { facts, unasked }: { facts: Facts; unasked: ReadonlyMap<Work, number> },
    verdicts: Verdicts,
  ): Promise<BatchResult['unopened']> {
    const spent = await spentOrders(
      client,
      due.map(({ work }) => work),
    );
    const flows = await this.flows.load(versionsIn(facts));
    const { now } = verdicts;
    const asking: Deciding[] = [];
    const unopened = new Map<Work, readonly string[]>();
    const record = (deciding: Deciding): void => {
      verdicts.record(deciding);
      const { placed, loaded, decision } = deciding;
      if (decision && placed.work.kind === 'run' && leavesOut(placed, facts, flows))
        unopened.set(
          placed.work,
          loaded.state.runs.map(({ id }) => id),
        );
    };
    for (const one of due) {
      if (spent.has(one.work)) continue;
      if (isUnopened(one, facts, flows)) {
        unopened.set(one.work, []);
        continue;
      }
      const deciding = startDeciding(one, {
        facts,
        flows,
        unasked,
        now,
        newId: verdicts.idsFor(one.contact),
      });
      // What needs nothing more is written down at once: what was thought to get there is let go.
      if (deciding.open) asking.push(deciding);
      else if (!isMissed(deciding, facts, flows)) record(deciding);
      else if (one.work.kind === 'run') unopened.set(one.work, []);
      else verdicts.record({ ...deciding, decision: null, failed: new Error(MISSED) });
    }
    await settleAll(client, asking);
    for (const deciding of asking) record(deciding);
    return unopened;
  }
}

/** Sets texts aside that came to nobody's number. Returns those whose people are held elsewhere, though they may have to be stopped. */
async function setAstray(
  client: PoolClient,
  astray: readonly Unplaced[],
  { worlds, contacts }: Held,
  verdicts: Verdicts,
): Promise<readonly Work[]> {
  if (astray.length === 0) return [];
  const { unheard, again } = await findStrays(client, astray, worlds, contacts);
  verdicts.unheard.push(...unheard);
  const later: TextWork[] = [];
  for (const { work, reason } of astray) {
    if (again.has(work)) later.push(work);
    else verdicts.setAside(work, reason, null);
  }
  await disclaimStrays(client, later);
  return later;
}

const MISSED = 'It may be for a conversation whose version does not open here.';

function versionsIn(facts: Facts): Set<string> {
  const versions = new Set<string>();
  for (const runs of facts.runs.values()) for (const run of runs) versions.add(run.version_id);
  return versions;
}
