import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { decide } from '#flows/engine/decide.ts';
import type { Driving } from '#flows/engine/drive.ts';
import { hasEnded } from '#flows/engine/step.ts';
import type { Decision, Happening } from '#flows/engine/world.ts';
import type { Accepted, InboundReply } from '#shared/api/inbound.ts';
import { newId } from '../common/ids.ts';
import { WriteSet } from '../database/write-set.ts';
import { perform } from '../runtime/effects/perform.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { FlowCounters } from '../runtime/flow-counters.ts';
import { writeRun, writeTrail } from '../runtime/run-rows.ts';
import type { Scene } from '../runtime/scene.ts';
import { type OpenRequest, settleRequests } from '../runtime/settle.ts';
import { type SenderEntry, WorldCache, type WorkspaceWorld } from '../runtime/world-cache.ts';
import { type LoadedContact, loadContact } from './contact-state.ts';
import { type Claim, claimIds, NO_CONTACT, readAnswers, writeInbound } from './inbound-rows.ts';
import {
  type ContactRow,
  createContacts,
  type Facts,
  lockContacts,
  readFacts,
  readRevisions,
} from './read-facts.ts';
import { keyOf, type TextWork, type Work } from './work.ts';

/** What a committed batch did. */
export interface BatchResult {
  answers: ReadonlyMap<Work, Accepted>;
  /** Work on contacts that are locked elsewhere; it goes back to the head of its lane. */
  again: Work[];
  decided: Decided[];
  counters: FlowCounters;
}

/** One piece of work that was decided, for those who watch. */
export interface Decided {
  work: Work;
  contactId: string;
  sender: SenderEntry;
  decision: Decision;
}

interface Placed {
  work: Work;
  world: WorkspaceWorld;
  sender: SenderEntry;
  contact: ContactRow;
}

/** A decision under way: waits for the shell whenever `turn` is not done. */
interface Deciding {
  placed: Placed;
  loaded: LoadedContact;
  driving: Driving<Decision>;
  turn: IteratorResult<OpenRequest['request'], Decision>;
}

/** A text that had to be stored without being decided, and why. */
class SetAside {
  constructor(
    readonly work: TextWork,
    readonly reason: string,
  ) {}
}

/**
 * Decides a batch of work, at most one piece a contact, in one transaction: lock, then read, then decide, then write once.
 * The caller owns BEGIN and COMMIT.
 */
@Injectable()
export class BatchDecider {
  constructor(
    private readonly worlds: WorldCache,
    private readonly flows: FlowCache,
  ) {}

  async decide(client: PoolClient, works: readonly Work[]): Promise<BatchResult> {
    const worlds = await this.readWorlds(client, works);
    const { placed, aside, again } = await place(client, works, worlds);
    const repeats = await claimIds(client, [
      ...placed.flatMap(({ work, contact }) => claimOf(work, contact.id)),
      ...aside.flatMap(({ work }) => claimOf(work, NO_CONTACT)),
    ]);
    const fresh = placed.filter(({ work }) => work.kind === 'run' || !repeats.has(work));
    const answers = new Map<Work, Accepted>(await readAnswers(client, repeats));
    const writes = new WriteSet();
    const counters = new FlowCounters();
    const decided: Decided[] = [];

    const deciding = await this.start(client, fresh, aside);
    await settleAll(client, deciding, aside);
    let updates = 0;
    for (const one of deciding) {
      if (!one.turn.done) continue;
      updates += record(one.placed, one.loaded, one.turn.value, writes, counters);
      decided.push({ ...one.placed, contactId: one.placed.contact.id, decision: one.turn.value });
      if (one.placed.work.kind === 'text') answers.set(one.placed.work, answerOf(one.placed, one.turn.value));
    }
    for (const { work, reason } of aside) {
      if (repeats.has(work)) continue;
      writeInbound(
        work,
        { contactId: null, senderId: null, status: 'set-aside', reason, route: null },
        writes,
      );
      answers.set(work, { accepted: true, status: 'set-aside', id: work.id, replies: [], reason });
    }
    counters.writeTo(writes);
    const touched = await writes.flush(client);
    if ((touched.run_updates ?? 0) !== updates)
      throw new Error('A run was moved by somebody who does not hold its contact.');
    return { answers, again, decided, counters };
  }

  private async readWorlds(client: PoolClient, works: readonly Work[]): Promise<Map<string, WorkspaceWorld>> {
    const rows = await readRevisions(client, [...new Set(works.map((work) => work.workspaceId))]);
    const worlds = new Map<string, WorkspaceWorld>();
    for (const { id, revision } of rows) worlds.set(id, await this.worlds.at(id, revision));
    return worlds;
  }

  /** Reads the facts and starts every decision; one that fails at once is set aside. */
  private async start(client: PoolClient, placed: readonly Placed[], aside: SetAside[]): Promise<Deciding[]> {
    if (placed.length === 0) return [];
    const facts: Facts = await readFacts(
      client,
      placed.map(({ contact }) => contact),
      { arms: placed.some(({ world }) => world.hasExperiments) },
    );
    const versions = new Set<string>();
    for (const runs of facts.runs.values()) for (const run of runs) versions.add(run.version_id);
    const flows = await this.flows.load(versions);
    const deciding: Deciding[] = [];
    for (const one of placed) {
      const loaded = loadContact(one.contact, facts, one.sender, one.world, flows);
      const identity = { newId: () => newId(one.work.at) };
      const driving = decide(happeningOf(one.work), loaded.state, one.sender.world, identity);
      attempt(one.work, aside, () => deciding.push({ placed: one, loaded, driving, turn: driving.next() }));
    }
    return deciding;
  }
}

const happeningOf = (work: Work): Happening =>
  work.kind === 'text' ? { kind: 'message', text: work.text, at: work.at } : work.happening;

function claimOf(work: Work, contactId: string): Claim[] {
  return work.kind === 'text' && work.gatewayMessageId !== null ? [{ work, contactId }] : [];
}

/** A failure of the engine itself on one text must not stop the others: the text is set aside. */
function attempt(work: Work, aside: SetAside[], action: () => void): void {
  try {
    action();
  } catch (cause) {
    const reason = `Could not be decided: ${cause instanceof Error ? cause.message : String(cause)}`;
    if (work.kind === 'text') aside.push(new SetAside(work, reason));
  }
}

/** Finds each work's sender and locks its contact; what has neither is set aside. */
async function place(
  client: PoolClient,
  works: readonly Work[],
  worlds: ReadonlyMap<string, WorkspaceWorld>,
): Promise<{ placed: Placed[]; aside: SetAside[]; again: Work[] }> {
  const aside: SetAside[] = [];
  const addressed: Omit<Placed, 'contact'>[] = [];
  for (const work of works) {
    const world = worlds.get(work.workspaceId);
    const sender =
      work.kind === 'text' ? world?.senderAt(work.gatewayId, work.to) : world?.senders.get(work.senderId);
    if (world && sender && (work.kind === 'run' || work.reachable)) addressed.push({ work, world, sender });
    else if (work.kind === 'text') aside.push(new SetAside(work, whyAside(work, sender)));
  }
  const contacts = await holdContacts(
    client,
    addressed.map(({ work }) => work),
  );
  const placed: Placed[] = [];
  const again: Work[] = [];
  for (const one of addressed) {
    const contact = contacts.get(keyOf(one.work));
    if (contact) placed.push({ ...one, contact });
    else again.push(one.work);
  }
  return { placed, aside, again };
}

function whyAside(work: TextWork, sender: SenderEntry | undefined): string {
  return sender
    ? `"${work.from}" is no phone number, so nobody can be answered.`
    : `No sender of this gateway has the number "${work.to}".`;
}

/** The contacts of a batch, locked; those that did not exist are created, those locked elsewhere are missing. */
async function holdContacts(client: PoolClient, works: readonly Work[]): Promise<Map<string, ContactRow>> {
  const held = new Map<string, ContactRow>();
  if (works.length === 0) return held;
  const keep = (rows: readonly ContactRow[]): void => {
    for (const row of rows) held.set(`${row.workspace_id} ${row.phone}`, row);
  };
  keep(
    await lockContacts(
      client,
      works.map((work) => work.workspaceId),
      works.map((work) => work.phone),
    ),
  );
  const missing = works.filter((work) => !held.has(keyOf(work)));
  if (missing.length > 0) {
    keep(
      await createContacts(
        client,
        missing.map(({ workspaceId, phone, at }) => ({ workspaceId, id: newId(at), phone, at })),
      ),
    );
  }
  return held;
}

/** Answers the requests of all decisions, round by round, one statement a kind and round. */
async function settleAll(
  client: PoolClient,
  deciding: readonly Deciding[],
  aside: SetAside[],
): Promise<void> {
  let waiting = deciding.filter((one) => !one.turn.done);
  while (waiting.length > 0) {
    const open = waiting.flatMap(({ turn, placed }): OpenRequest[] =>
      turn.done
        ? []
        : [{ request: turn.value, world: placed.world, contactId: placed.contact.id, at: placed.work.at }],
    );
    const outcomes = await settleRequests(client, open);
    waiting.forEach((one, index) => {
      const outcome = outcomes[index];
      if (!outcome) throw new Error('A request was left without an outcome.');
      attempt(one.placed.work, aside, () => {
        one.turn = one.driving.next(outcome);
      });
    });
    waiting = waiting.filter((one) => !one.turn.done && !aside.some(({ work }) => work === one.placed.work));
  }
}

/** Writes one decision down. Returns how many stored runs it changed. */
function record(
  { work, sender, contact }: Placed,
  { before, heads }: LoadedContact,
  decision: Decision,
  writes: WriteSet,
  counters: FlowCounters,
): number {
  const scene: Scene = {
    workspaceId: work.workspaceId,
    contactId: contact.id,
    phone: contact.phone,
    sender,
    causeId: work.kind === 'text' ? work.id : null,
    at: work.at,
    writes,
    newId: () => newId(work.at),
    heads,
    consents: new Map(),
    arms: new Map(),
    fields: null,
  };
  perform(decision.effects, scene);
  const flowOf = new Map<string, string>();
  let updates = 0;
  for (const run of decision.runs) {
    const was = before.get(run.id);
    if (writeRun(run, was, scene)) updates++;
    flowOf.set(run.id, run.flow.flowId);
    counters.moved(
      work.workspaceId,
      run.flow.flowId,
      was?.node ?? null,
      hasEnded(run.position) ? null : run.position.node,
    );
  }
  for (const { runId, steps } of decision.trails) {
    if (steps.length === 0) continue;
    writeTrail(runId, steps, scene);
    const flowId = flowOf.get(runId);
    for (const step of steps) {
      if (step.do === 'pass' && flowId)
        counters.passed(work.workspaceId, { flowId, node: step.from, port: step.port });
    }
  }
  if (work.kind === 'text') {
    const route = JSON.stringify({ ...decision.route, runIds: decision.trails.map((trail) => trail.runId) });
    writeInbound(
      work,
      { contactId: contact.id, senderId: sender.id, status: 'decided', reason: null, route },
      writes,
    );
  }
  return updates;
}

function answerOf({ work, sender }: Placed, decision: Decision): Accepted {
  const replies: InboundReply[] = [];
  for (const effect of decision.effects) {
    if (effect.kind === 'send') replies.push({ to: work.phone, from: sender.address, text: effect.text });
  }
  return { accepted: true, status: 'decided', id: work.kind === 'text' ? work.id : '', replies };
}
