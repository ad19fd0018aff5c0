import { assertNever } from '#shared/assert-never.ts';
import { readLanguage } from '#shared/languages.ts';
import { segmentCount } from '#shared/sms/segments.ts';
import { type Calling, linkAddress, webhookCall } from './calls.ts';
import { holds } from './condition.ts';
import { type Desk, own, textOf, trailOf, variablesOf } from './desk.ts';
import type { EffectRequest, LaterCall, Scalar, TransactionAnswer, TransactionRequest } from './effects.ts';
import { Endless } from './endless.ts';
import { outcomeOf, type RunEvent } from './events.ts';
import { expose, reachGoal, split, withhold } from './experiments.ts';
import { answerAge, refusalOf, setConsent, subscribe } from './consent/moves.ts';
import { advance, type Step } from './step.ts';
import { carryVouchers, holdVoucher, passVouchersOn } from './vouchers.ts';
import type { Run, TrailStep } from './world.ts';

/** No sane flow needs this many steps for one event; a run that does is ended as failed. */
const MAX_STEPS = 100;
/** Nobody wants so many texts for one event: a flow that goes round is cut off before its person's phone is full of them. */
const MAX_TEXTS = 20;
/** How often one event may go to the shell and back within its transaction. */
export const MAX_ROUNDS = 8;

/** Steps that write what they read elsewhere than into a text to the person. */
const HANDS_ON: ReadonlySet<EffectRequest['kind']> = new Set([
  'set-field',
  'link',
  'notify',
  'webhook',
  'email',
]);

/** Yields what the shell must settle inside the transaction, and is resumed with its answer. */
export type Driving<T> = Generator<TransactionRequest, T, TransactionAnswer>;

/**
 * Takes a run through one event until it rests or ends: steps the machine, answers what the engine can answer, asks the shell
 * for the rest. A failure inside ends this run as `failed`, recorded, and never reaches the other runs.
 */
export function* drive(run: Run, event: RunEvent, desk: Desk): Driving<void> {
  const trail = trailOf(run, desk);
  let next: RunEvent | null = event;
  let rounds = 0;
  let texts = 0;
  /** When the window opens that was found closed on the way. */
  let opening: number | null = null;
  try {
    for (let steps = 0; next; steps++) {
      if (steps >= MAX_STEPS) throw new Endless(`It took more than ${MAX_STEPS} steps without a wait.`);
      const step: Step = advance(run.flow.compiled, run.position, next);
      if (!step.taken) {
        trail.push({ do: 'ignored', type: next.type });
        return;
      }
      // What the engine answers itself is told by the lines that are passed.
      if (steps === 0) trail.push({ do: 'event', type: next.type });
      move(run, step, trail, desk);
      next = null;
      for (const { node, request } of step.asked) {
        if (request.kind === 'wake') {
          const alarm = request.until === 'opening' ? opening : null;
          run.wakeAt = alarm ?? desk.waitsFrom + request.afterSeconds * 1_000;
          continue;
        }
        if (request.kind === 'send' && ++texts > MAX_TEXTS)
          throw new Endless(`It sends more than ${MAX_TEXTS} texts without a wait.`);
        const answer = settle(request, node, run, desk, trail);
        if (HANDS_ON.has(request.kind)) passVouchersOn(request, node, run, desk);
        if (isRequest(answer)) {
          if (++rounds > MAX_ROUNDS)
            throw new Endless(`It asked more than ${MAX_ROUNDS} times without a wait.`);
          const settled: TransactionAnswer = yield answer;
          opening = settled.until ?? null;
          if (request.kind === 'claim-voucher') holdVoucher(request, settled, run);
          next = answered(answer, settled);
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

function move(run: Run, step: Step, trail: TrailStep[], desk: Desk): void {
  run.position = step.position;
  run.seq++;
  run.wakeAt = null;
  desk.touched.add(run);
  for (const { from, port, to } of step.passages) trail.push({ do: 'pass', from, port, to });
}

const UNFORESEEN = 'The engine met a fault that nobody foresaw, and ended this conversation alone.';

function fail(run: Run, cause: unknown, trail: TrailStep[], desk: Desk): void {
  const fault = cause instanceof Error ? cause.message : String(cause);
  trail.push(
    cause instanceof Endless ? { do: 'failed', error: fault } : { do: 'failed', error: UNFORESEEN, fault },
  );
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
  request: Exclude<EffectRequest, { kind: 'wake' }>,
  node: string,
  run: Run,
  desk: Desk,
  trail: TrailStep[],
): RunEvent | TransactionRequest | null {
  switch (request.kind) {
    case 'send':
      return send(request, node, run, desk, trail);
    case 'branch': {
      const variables = variablesOf(run, desk);
      const port = request.cases.find((one) => holds(one.when, variables))?.port ?? request.otherwise;
      return { type: `answer.branch.${port}` };
    }
    case 'split':
      return split(request, run, desk);
    case 'subscribe':
      subscribe(request, run, desk);
      return null;
    case 'unsubscribe':
      setConsent(desk, request.list, 'revoke', 'unsubscribe', desk.message);
      return null;
    case 'age':
      answerAge(request, desk);
      return null;
    case 'set-field': {
      setField(request.field, fieldValue(request.value, node, run, desk), desk);
      return null;
    }
    case 'goal':
      reachGoal(request.goal, run, desk);
      return null;
    case 'enter-contest':
      return { kind: 'enter-contest', contest: request.contest, runId: run.id };
    case 'claim-voucher': {
      const { context } = run.position;
      return {
        kind: 'claim-voucher',
        pool: request.pool,
        runId: run.id,
        versionId: run.flow.versionId,
        arms: context.arms,
      };
    }
    case 'window':
      return { ...request, runId: run.id };
    case 'tag':
      tag(request, desk);
      return null;
    case 'link':
      return link(request, node, run, desk);
    case 'notify': {
      const { email } = request;
      const text = textOf(node, request.field, run, desk);
      desk.effects.push({ kind: 'notify', id: desk.identity.newId(), runId: run.id, node, text, email });
      return null;
    }
    case 'delivery':
      awaitDelivery(node, run, desk);
      return null;
    case 'webhook':
      call(webhookCall(request, callingOf(node, run, desk)), request.sample, node, run, desk);
      return null;
    case 'email': {
      const [to, subject, body] = [request.to, request.subject, request.body].map((field) =>
        textOf(node, field, run, desk),
      );
      call({ kind: 'email', to: to ?? '', subject: subject ?? '', body: body ?? '' }, {}, node, run, desk);
      return null;
    }
    default:
      return assertNever(request);
  }
}

/** An answer that brings nothing along has no value, not one that is undefined. */
const answered = ({ kind }: TransactionRequest, { outcome, value }: TransactionAnswer): RunEvent =>
  value === undefined ? { type: `answer.${kind}.${outcome}` } : { type: `answer.${kind}.${outcome}`, value };

const isRequest = (answer: RunEvent | TransactionRequest | null): answer is TransactionRequest =>
  answer !== null && 'kind' in answer;

function send(
  request: Extract<EffectRequest, { kind: 'send' }>,
  node: string,
  run: Run,
  desk: Desk,
  trail: TrailStep[],
): RunEvent {
  const { effects } = desk;
  const list = request.list ?? null;
  const refusal = refusalOf(request.purpose, list, desk);
  if (refusal) {
    trail.push({ do: 'suppressed', node, reason: refusal });
    withhold(run);
    return { type: 'answer.send.suppressed' };
  }
  const text = textOf(node, request.field, run, desk);
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
  if (run.position.context.vouchers !== undefined) {
    const { compiled } = run.flow;
    const template = compiled.text(node, request.field, compiled.language(desk.contact.language));
    carryVouchers(template.variables, id, run, desk);
  }
  trail.push({ do: 'sent', node, id });
  expose(run, desk);
  return { type: 'answer.send.accepted' };
}

/** What the contact has already is not put on again, and what it has not is not taken off. */
function tag({ add, remove }: Extract<EffectRequest, { kind: 'tag' }>, { contact, effects }: Desk): void {
  const had = contact.tags ?? [];
  const added = add.filter((one) => !had.includes(one));
  const removed = remove.filter((one) => had.includes(one));
  if (added.length === 0 && removed.length === 0) return;
  contact.tags = [...had.filter((one) => !removed.includes(one)), ...added];
  effects.push({ kind: 'tag', add: added, remove: removed });
}

function link(
  { field, name }: Extract<EffectRequest, { kind: 'link' }>,
  node: string,
  run: Run,
  desk: Desk,
): RunEvent {
  const { identity, world, effects } = desk;
  const code = identity.newCode?.() ?? identity.newId();
  const url = linkAddress(field, callingOf(node, run, desk));
  effects.push({ kind: 'make-link', code, runId: run.id, node, name, url });
  return { type: 'answer.link.made', value: `${world.linkBase ?? EXAMPLE_LINKS}${code}` };
}

/** Where nobody said under which address we are reached, as on the phone of an editor. */
const EXAMPLE_LINKS = 'https://example.com/l/';

/** Asks for something outside; the run waits for the answer in the place it has come to. */
function call(
  call: LaterCall,
  sample: Readonly<Record<string, Scalar>>,
  node: string,
  run: Run,
  { identity, effects, message }: Desk,
): void {
  effects.push({
    kind: 'call',
    id: identity.newId(),
    runId: run.id,
    node,
    seq: run.seq,
    message,
    call,
    sample,
  });
}

/** What becomes of a text is no reply to the person any more, whenever it is known. */
function awaitDelivery(node: string, run: Run, desk: Desk): void {
  const sent = desk.effects.findLast((effect) => effect.kind === 'send' && effect.runId === run.id);
  if (sent?.kind !== 'send') return;
  call({ kind: 'delivery', messageId: sent.id }, {}, node, run, { ...desk, message: null });
}

const callingOf = (node: string, run: Run, desk: Desk): Calling => {
  const { compiled } = run.flow;
  return {
    text: (field) => compiled.text(node, field, ''),
    variables: variablesOf(run, desk),
  };
};

/** The field that says in which language a person is texted. */
export const LANGUAGE_FIELD = 'language';

/** Remembers something about the person. What is no language leaves theirs as it was. */
export function setField(field: string, value: Scalar, { contact, effects }: Desk): void {
  if (field !== LANGUAGE_FIELD) {
    contact.fields[field] = value;
    effects.push({ kind: 'set-field', field, value });
    return;
  }
  const language = value === null ? null : readLanguage(String(value));
  if (language === contact.language || (language === null && value !== null)) return;
  contact.language = language;
  effects.push({ kind: 'set-field', field, value: language });
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
