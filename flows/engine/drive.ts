import { assertNever } from '#shared/assert-never.ts';
import { segmentCount } from '#shared/sms/segments.ts';
import { chooseArm, HASH_VERSION } from './bucket.ts';
import { holds, type Variables } from './condition.ts';
import type { Effect, EffectRequest, Scalar, TransactionOutcome, TransactionRequest } from './effects.ts';
import { outcomeOf, type RunEvent } from './events.ts';
import { consentAfterJoining, gate, liftsStop } from './gate.ts';
import { advance, type Step } from './step.ts';
import type { ContactState, Identity, Run, SenderWorld, Trail, TrailStep } from './world.ts';

/** No sane flow needs this many steps for one event; a run that does is ended as failed. */
const MAX_STEPS = 100;
/** How often one event may go to the shell and back within its transaction. */
export const MAX_ROUNDS = 8;

/** The desk one decision is worked out on: the facts it may change, and what it has decided so far. */
export interface Desk {
  world: SenderWorld;
  contact: ContactState;
  identity: Identity;
  now: number;
  /** The person's own text that is being answered, or null when a wake-up or an order from outside is handled. */
  message: string | null;
  effects: Effect[];
  touched: Set<Run>;
  trails: Map<string, Trail>;
}

/** Yields what the shell must settle inside the transaction, and is resumed with its outcome. */
export type Driving<T> = Generator<TransactionRequest, T, TransactionOutcome>;

/**
 * Takes a run through one event until it rests or ends: steps the machine, answers what the engine can answer, asks the shell
 * for the rest. A failure inside ends this run as `failed`, recorded, and never reaches the other runs.
 */
export function* drive(run: Run, event: RunEvent, desk: Desk): Driving<void> {
  const trail = trailOf(run, desk);
  let next: RunEvent | null = event;
  let rounds = 0;
  try {
    for (let steps = 0; next; steps++) {
      if (steps >= MAX_STEPS) throw new Error(`More than ${MAX_STEPS} steps for one event.`);
      const step: Step = advance(run.flow.compiled, run.position, next);
      if (!step.taken) {
        trail.push({ do: 'ignored', type: next.type });
        return;
      }
      if (!next.type.startsWith('answer.')) trail.push({ do: 'event', type: next.type });
      move(run, step, trail, desk);
      next = null;
      for (const { node, request } of step.asked) {
        const answer = settle(request, node, run, desk, trail);
        if (isRequest(answer)) {
          if (++rounds > MAX_ROUNDS) throw new Error(`More than ${MAX_ROUNDS} rounds for one event.`);
          const outcome: TransactionOutcome = yield answer;
          next = { type: `answer.${answer.kind}.${outcome}` };
        } else if (answer) {
          next = answer;
        }
      }
    }
  } catch (cause) {
    fail(run, cause, trail, desk);
  }
  rest(run, trail, desk);
}

export function trailOf(run: Run, desk: Desk): TrailStep[] {
  let trail = desk.trails.get(run.id);
  if (!trail) {
    trail = { runId: run.id, steps: [] };
    desk.trails.set(run.id, trail);
  }
  return trail.steps;
}

function move(run: Run, step: Step, trail: TrailStep[], desk: Desk): void {
  run.position = step.position;
  run.seq++;
  run.wakeAt = null;
  desk.touched.add(run);
  for (const passage of step.passages) trail.push({ do: 'pass', ...passage });
}

function fail(run: Run, cause: unknown, trail: TrailStep[], desk: Desk): void {
  trail.push({ do: 'failed', error: cause instanceof Error ? cause.message : String(cause) });
  run.position = { ...run.position, node: '$failed', place: '' };
  run.seq++;
  run.wakeAt = null;
  desk.touched.add(run);
}

/** A run that came to rest: note the ending; an arm without a text counts as met, one whose text was refused does not. */
function rest(run: Run, trail: TrailStep[], desk: Desk): void {
  const outcome = outcomeOf(run.position.node);
  const { withheld } = run.position.context;
  if (!withheld && outcome !== 'not-reached' && outcome !== 'failed') expose(run, desk);
  if (outcome === null) return;
  run.status = 'ended';
  run.outcome = outcome;
  run.wakeAt = null;
  trail.push({ do: 'ended', outcome });
}

/** Performs what needs no answer, answers what the facts at hand can answer, and hands the rest to the shell. */
function settle(
  request: EffectRequest,
  node: string,
  run: Run,
  desk: Desk,
  trail: TrailStep[],
): RunEvent | TransactionRequest | null {
  switch (request.kind) {
    case 'send':
      return send(request, node, run, desk, trail);
    case 'wake':
      run.wakeAt = desk.now + request.afterSeconds * 1_000;
      return null;
    case 'branch': {
      const variables = variablesOf(run, desk);
      const port = request.cases.find((one) => holds(one.when, variables))?.port ?? request.otherwise;
      return { type: `answer.branch.${port}` };
    }
    case 'split':
      return split(request, run, desk);
    case 'subscribe':
      subscribe(request, desk);
      return null;
    case 'unsubscribe':
      setConsent(desk, request.list, 'revoked', 'unsubscribe', desk.message);
      return null;
    case 'set-field': {
      const value = fieldValue(request.value, node, run, desk);
      desk.contact.fields[request.field] = value;
      desk.effects.push({ kind: 'set-field', field: request.field, value });
      return null;
    }
    case 'goal':
      reachGoal(request.goal, run, desk);
      return null;
    case 'enter-contest':
      return { kind: 'enter-contest', contest: request.contest, runId: run.id };
    default:
      return assertNever(request);
  }
}

const isRequest = (answer: RunEvent | TransactionRequest | null): answer is TransactionRequest =>
  answer !== null && 'kind' in answer;

function send(
  request: Extract<EffectRequest, { kind: 'send' }>,
  node: string,
  run: Run,
  desk: Desk,
  trail: TrailStep[],
): RunEvent {
  const { contact, effects } = desk;
  const list = request.list ?? null;
  const refusal = gate({
    purpose: request.purpose,
    consent: list === null ? 'none' : (own(contact.consents, list)?.state ?? 'none'),
    stopped: contact.stopped,
    answersMessage: desk.message !== null,
  });
  if (refusal) {
    trail.push({ do: 'suppressed', node, reason: refusal });
    withhold(run);
    return { type: 'answer.send.suppressed' };
  }
  const { compiled } = run.flow;
  const text = compiled
    .text(node, request.field, compiled.language(contact.language))
    .render(variablesOf(run, desk));
  const id = desk.identity.newId();
  effects.push({
    kind: 'send',
    id,
    runId: run.id,
    node,
    text,
    segments: segmentCount(text),
    purpose: request.purpose,
    list,
  });
  trail.push({ do: 'sent', node, id });
  expose(run, desk);
  return { type: 'answer.send.accepted' };
}

/** A key of a record that came from people's words, so that "constructor" is a key like any other. */
const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The stored arm decides; only a contact without one is proposed for an arm, by hash. */
function split(request: Extract<EffectRequest, { kind: 'split' }>, run: Run, desk: Desk): RunEvent {
  const { contact, effects } = desk;
  const { experiment, arms } = request;
  const stored = own(contact.arms, experiment);
  const known = stored !== undefined && arms.some((arm) => arm.id === stored) ? stored : null;
  const arm = known ?? chooseArm(experiment, contact.phone, arms) ?? '';
  if (stored === undefined) {
    contact.arms[experiment] = arm;
    effects.push({ kind: 'assign-arm', experiment, arm, hashVersion: HASH_VERSION });
  }
  const { context } = run.position;
  if (own(context.arms, experiment) === undefined) {
    const arms = { ...context.arms, [experiment]: arm };
    run.position = {
      ...run.position,
      context: { ...context, arms, unexposed: [...context.unexposed, experiment] },
    };
  }
  return { type: `answer.split.${arm}` };
}

function expose(run: Run, desk: Desk): void {
  const { context } = run.position;
  if (context.unexposed.length === 0) return;
  for (const experiment of context.unexposed) {
    desk.effects.push({ kind: 'expose', experiment, arm: context.arms[experiment] ?? '', runId: run.id });
  }
  run.position = { ...run.position, context: { ...context, unexposed: [], withheld: false } };
}

/** What was not sent exposes nobody: from here on only a text that goes out does. */
function withhold(run: Run): void {
  const { context } = run.position;
  if (context.unexposed.length === 0) return;
  run.position = { ...run.position, context: { ...context, withheld: true } };
}

function reachGoal(goal: string, run: Run, desk: Desk): void {
  desk.effects.push({ kind: 'reach-goal', goal, runId: run.id });
  const { arms, unexposed } = run.position.context;
  for (const [experiment, arm] of Object.entries(arms)) {
    if (unexposed.includes(experiment)) continue;
    desk.effects.push({ kind: 'convert', experiment, arm, goal, runId: run.id });
  }
}

/** Joining a list is fresh consent: it lifts a STOP of the program, while lists revoked by that STOP stay revoked. */
function subscribe(request: Extract<EffectRequest, { kind: 'subscribe' }>, desk: Desk): void {
  const { contact, world } = desk;
  const from = own(contact.consents, request.list)?.state ?? 'none';
  const to = consentAfterJoining(from, world.lists.get(request.list) ?? { optIn: 'double' }, request.proof);
  const because =
    request.proof === 'asked' ? 'asked' : request.proof === 'double' ? 'double-opt-in' : 'opt-in';
  setConsent(desk, request.list, to, because, desk.message);
  if (contact.stopped && liftsStop(to, request.proof)) {
    contact.stopped = false;
    desk.effects.push({ kind: 'program-stop', stopped: false, because, word: desk.message });
  }
}

/** Moves a consent and writes the ledger's effect; nothing happens where it already stands. */
export function setConsent(
  desk: Desk,
  list: string,
  to: Extract<Effect, { kind: 'consent' }>['to'],
  because: Extract<Effect, { kind: 'consent' }>['because'],
  shown: string | null,
): void {
  const from = own(desk.contact.consents, list)?.state ?? 'none';
  if (from === to) return;
  desk.contact.consents[list] = { state: to, because };
  desk.effects.push({ kind: 'consent', list, from, to, because, shown });
}

function fieldValue(
  value: Extract<EffectRequest, { kind: 'set-field' }>['value'],
  node: string,
  run: Run,
  desk: Desk,
): Scalar {
  if (value === null || typeof value !== 'object') return value;
  if ('answer' in value) return own(run.position.context.answers, value.answer) ?? null;
  return run.flow.compiled.text(node, value.field, '').render(variablesOf(run, desk));
}

/** What texts and conditions of a run can read right now. */
export function variablesOf(run: Run, desk: Desk): Variables {
  const { contact, world } = desk;
  return {
    contact: { ...contact.fields, phone: contact.phone },
    answers: run.position.context.answers,
    run: { keyword: run.entry.keyword, medium: run.entry.medium, rest: run.entry.rest },
    program: { brand: world.program.brand },
  };
}
