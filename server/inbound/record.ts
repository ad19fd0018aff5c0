import { hideDigits } from '#shared/sms/mask-personal.ts';
import { drawnFrom, drawnNode } from '#flows/engine/flatten.ts';
import { hasEnded } from '#flows/engine/step.ts';
import type { Decision } from '#flows/engine/world.ts';
import type { WriteSet } from '../database/write-set.ts';
import { perform } from '../runtime/effects/perform.ts';
import type { FlowCounters } from '../runtime/flow-counters.ts';
import type { Replies } from '../runtime/handover.ts';
import { isOrder, orderFate, writeOrder } from './order-rows.ts';
import { writeFailure, writeRun, writeTrail } from '../runtime/run-rows.ts';
import { NOBODY, type Scene } from '../runtime/scene.ts';
import type { LoadedContact } from './contact-state.ts';
import { writeInbound } from './inbound-rows.ts';
import type { Placed } from './place.ts';
import type { Work } from './work.ts';

/** Where the rows and counts of a batch are gathered. */
export interface Ledger {
  writes: WriteSet;
  counters: FlowCounters;
  replies: Replies;
  /** Whether nothing that is queued for somebody or undecided goes before what answers them now. */
  goesNext: (placed: Placed) => boolean;
  /** An id for a row that is made now: texts of one person go out in the order of their ids. */
  newId: () => string;
}

/** Writes one decision down. */
export function recordDecision(
  placed: Placed,
  { before, heads }: LoadedContact,
  decision: Decision,
  { writes, counters, replies, goesNext, newId }: Ledger,
): void {
  const { work, world, sender, contact } = placed;
  const scene: Scene = {
    workspaceId: work.workspaceId,
    contactId: contact.id,
    phone: contact.phone,
    sender,
    causeId: work.kind === 'text' ? work.id : null,
    at: work.at,
    actor: (work.kind === 'run' && work.actor) || NOBODY,
    writes,
    replies,
    handsOver: isOneAnswer(work, decision) && goesNext(placed) ? world : null,
    newId,
    heads,
    consents: new Map(),
    arms: new Map(),
    fields: null,
    tags: null,
  };
  perform(decision.effects, scene);
  const flowOf = new Map<string, string>();
  for (const run of decision.runs) {
    const was = before.get(run.id);
    writeRun(run, was, scene);
    flowOf.set(run.id, run.flow.flowId);
    counters.moved(
      work.workspaceId,
      run.flow.flowId,
      was ? drawnNode(was.node) : null,
      hasEnded(run.position) ? null : drawnNode(run.position.node),
    );
  }
  for (const { runId, steps } of decision.trails) {
    if (steps.length === 0) continue;
    writeTrail(runId, steps, scene);
    const flowId = flowOf.get(runId);
    for (const step of steps) {
      if (step.do !== 'pass' || !flowId) continue;
      const node = drawnFrom(step.from);
      if (node !== null) counters.passed(work.workspaceId, flowId, node, step.port);
    }
  }
  if (isOrder(work)) writeOrder(work, contact.id, orderFate(decision), writes);
  if (work.kind === 'text') {
    const route = JSON.stringify({ runIds: decision.trails.map((trail) => trail.runId), ...decision.route });
    writeInbound(
      isForgotten(decision) ? { ...work, text: hideDigits(work.text) } : work,
      { contactId: contact.id, senderId: sender.id, status: 'decided', reason: null, route },
      writes,
    );
  }
}

/** Whether a decision answers a text that came just now with one of ours. */
function isOneAnswer(work: Work, { effects }: Decision): boolean {
  if (work.kind !== 'text' || work.backlog) return false;
  let sends = 0;
  for (const { kind } of effects) if (kind === 'send') sends++;
  return sends === 1;
}

/** Whether the text answered a step that keeps what came of an answer and not the answer. */
function isForgotten({ route, runs }: Decision): boolean {
  if (route.by !== 'answer' && route.by !== 'older-answer' && route.by !== 'catch-all') return false;
  const run = runs.find(({ id }) => id === route.runId);
  return run?.flow.compiled.nodes.get(route.node)?.forgets ?? false;
}

/** Ends runs that cannot go on, as failed. */
export function recordFailures(
  { work }: Pick<Placed, 'work'>,
  { before }: Pick<LoadedContact, 'before'>,
  runIds: readonly string[],
  reason: string,
  { writes, counters, newId }: Pick<Ledger, 'writes' | 'counters' | 'newId'>,
): void {
  for (const runId of runIds) {
    const was = before.get(runId);
    if (!was) continue;
    writeFailure(runId, was, reason, {
      workspaceId: work.workspaceId,
      causeId: work.kind === 'text' ? work.id : null,
      at: work.at,
      writes,
      newId,
    });
    counters.moved(work.workspaceId, was.flowId, drawnNode(was.node), null);
  }
}
