import { assertNever } from '#shared/assert-never.ts';
import { hideDigits } from '#shared/sms/mask-personal.ts';
import { segmentCount } from '#shared/sms/segments.ts';
import { normalise } from '#shared/sms/text.ts';
import { type Desk, textOf, trailAt, trailOf } from './desk.ts';
import { doubt, refusalOf } from './consent/moves.ts';
import { moveConsent, restart, stop } from './consent/orders.ts';
import { isOlder, keepSaid } from './consent/said.ts';
import type { Scalar } from './effects.ts';
import { drive, type Driving, LANGUAGE_FIELD, setField } from './drive.ts';
import type { Refusal } from './gate.ts';
import type { ReplyFacts } from './node-kind.ts';
import { type Destination, doubtfulWish, replyOf, route } from './route-inbound.ts';
import { reply } from './program-reply.ts';
import { BEGINNING } from './step.ts';
import { wakeOf } from './wake-of.ts';
import type {
  ContactState,
  Decision,
  Happening,
  Identity,
  Entrance,
  PublishedFlow,
  Route,
  Run,
  SenderWorld,
  StartOrder,
  TextOrder,
} from './world.ts';

/**
 * Decides one happening on one contact: routes it, runs it, and says everything that follows from it. The same function serves
 * the server, the phone in the editor, replay and tests. `contact` is the decision's working copy and is changed in place.
 * Yields only what must be settled inside the transaction.
 */
export function* decide(
  happening: Happening,
  contact: ContactState,
  world: SenderWorld,
  identity: Identity,
): Driving<Decision> {
  const desk: Desk = {
    world,
    contact,
    identity,
    now: happening.at,
    waitsFrom: happening.kind === 'message' ? (happening.decidedAt ?? happening.at) : happening.at,
    message: messageOf(happening),
    doubted: false,
    saidAt: happening.kind === 'message' ? (happening.saidAt ?? happening.at) : happening.at,
    answered: null,
    effects: [],
    touched: new Set(),
    trails: new Map(),
  };
  const route = yield* handle(happening, desk);
  if (desk.message !== null && desk.contact.runs.some(isParked)) yield* resumeParked(desk);
  return { route, effects: desk.effects, runs: [...desk.touched], trails: [...desk.trails.values()] };
}

function* handle(happening: Happening, desk: Desk): Driving<Route> {
  switch (happening.kind) {
    case 'message':
      return yield* takeText(happening, desk);
    case 'consent':
      yield* moveConsent(happening, desk);
      return { by: 'consent', runId: null, flowId: null };
    case 'start':
      return yield* startOrdered(happening, desk);
    case 'text':
      return { by: 'text', runId: null, flowId: null, refused: sendOrdered(happening, desk) };
    case 'wake': {
      const run = desk.contact.runs.find((one) => one.id === happening.runId);
      if (run && isDue(happening, run)) {
        if (!isUnasked(happening, run, desk)) yield* wake(run, desk);
      } else if (run) trailOf(run, desk).push({ do: 'late', type: 'timeout' });
      return { by: 'wake', runId: happening.runId, flowId: run?.flow.flowId ?? null };
    }
    case 'delivery': {
      const run = desk.contact.runs.find((one) => one.id === happening.runId);
      if (run && run.status !== 'ended') yield* drive(run, { type: `dlr.${happening.state}` }, desk);
      return { by: 'delivery', runId: happening.runId, flowId: run?.flow.flowId ?? null };
    }
    case 'cancel': {
      const run = desk.contact.runs.find((one) => one.id === happening.runId);
      if (run && run.status !== 'ended') yield* drive(run, { type: 'cancel' }, desk);
      return { by: 'cancel', runId: happening.runId, flowId: run?.flow.flowId ?? null };
    }
    case 'answer':
      return yield* takeAnswer(happening, desk);
    case 'event':
      return yield* takeEvent(happening, desk);
    default:
      return assertNever(happening);
  }
}

/** The text of the person's that is under way: an answer that comes soon still belongs to it. */
const messageOf = (happening: Happening): string | null =>
  happening.kind === 'message' ? happening.text : happening.kind === 'answer' ? happening.message : null;

const factsOf = (
  { at, media, offsetMinutes }: Extract<Happening, { kind: 'message' }>,
  { phone }: ContactState,
): ReplyFacts => ({ now: at, phone, media, offsetMinutes });

/**
 * Words that may be a STOP freeze what needs consent until somebody has read them; the text goes where it goes all the same. One that is
 * read after a later STOP is no answer to it: whoever said JOIN and then STOP has stopped.
 */
function* takeText(happening: Extract<Happening, { kind: 'message' }>, desk: Desk): Driving<Route> {
  const { contact, world } = desk;
  const said = replyOf(happening.text, factsOf(happening, contact));
  const destination = route(said, contact, world);
  if (destination.to !== 'stop' && destination.to !== 'help' && isOvertaken(happening, contact))
    return { by: 'overtaken', runId: null, flowId: null };
  desk.doubted = doubtfulWish(said, destination, contact, world) !== null;
  if (desk.doubted) doubt(happening.text, desk);
  return yield* follow(destination, desk);
}

const isOvertaken = (
  { saidAt }: Extract<Happening, { kind: 'message' }>,
  { stopped, frozen = false, standingSince = 0 }: ContactState,
): boolean => saidAt !== undefined && (stopped || frozen) && saidAt < standingSince;

/** An answer counts where the run still waits for it; any other is noted as late, also where the run is over. */
function* takeAnswer(answer: Extract<Happening, { kind: 'answer' }>, desk: Desk): Driving<Route> {
  const { runId, seq, effect, outcome, values } = answer;
  const type = `answer.${effect}.${outcome}` as const;
  const run = desk.contact.runs.find((one) => one.id === runId);
  if (run && run.status !== 'ended' && run.seq === seq) yield* drive(run, { type, values }, desk);
  else trailAt(runId, desk).push({ do: 'late', type });
  return { by: 'later', runId, flowId: run?.flow.flowId ?? null };
}

/** An event reaches every run that waits for it under this key. Where none does, those that are under way note it. */
function* takeEvent(event: Extract<Happening, { kind: 'event' }>, desk: Desk): Driving<Route> {
  const type = `event.${event.name}` as const;
  const { heard = [] } = event;
  const open = desk.contact.runs.filter(({ id, status }) => status !== 'ended' && !heard.includes(id));
  const waiting = open.filter((run) => waitsFor(event, run, desk));
  for (const run of waiting) yield* drive(run, { type, value: event.value }, desk);
  if (waiting.length === 0) for (const run of open) trailOf(run, desk).push({ do: 'ignored', type });
  return { by: 'event', runId: waiting[0]?.id ?? null, flowId: waiting[0]?.flow.flowId ?? null };
}

function waitsFor({ name, key }: Extract<Happening, { kind: 'event' }>, run: Run, desk: Desk): boolean {
  const { node } = run.position;
  const listening = run.flow.compiled.nodes.get(node)?.listens;
  if (listening?.event !== name) return false;
  return listening.key === null || textOf(node, listening.key, run, desk).trim() === (key ?? '').trim();
}

const isDue = ({ seq, due = Infinity }: Extract<Happening, { kind: 'wake' }>, run: Run): boolean =>
  run.seq === seq && run.wakeAt !== null && run.wakeAt <= due;

/** Whoever was not asked yet has not let the time for an answer pass: it begins when the question goes out. */
function isUnasked({ asksAt }: Extract<Happening, { kind: 'wake' }>, run: Run, desk: Desk): boolean {
  const { node, place } = run.position;
  const bound = run.flow.compiled.nodes.get(node);
  const wait = asksAt === undefined || !bound ? null : wakeOf(bound, place);
  if (asksAt === undefined || !wait) return false;
  run.wakeAt = Math.max(asksAt, desk.now) + wait.afterSeconds * 1_000;
  desk.touched.add(run);
  trailOf(run, desk).push({ do: 'unasked' });
  return true;
}

/**
 * A wake-up is spent even where nothing listens to it, or it would come due for ever. A parked question that ran out of time
 * is no longer set aside: whatever comes next is open.
 */
function* wake(run: Run, desk: Desk): Driving<void> {
  run.wakeAt = null;
  run.status = 'active';
  desk.touched.add(run);
  yield* drive(run, { type: 'timeout' }, desk);
}

function* follow(destination: Destination, desk: Desk): Driving<Route> {
  switch (destination.to) {
    case 'stop':
      // Whom the network has stopped gets none of our texts until they come back to it: not even that we have heard.
      if (desk.world.program.networkStops?.has(normalise(desk.message ?? '')))
        yield* stop(desk.message, desk, 'gateway', false);
      else yield* stop(desk.message, desk);
      return { by: 'reserved', word: destination.word, meaning: 'stop' };
    case 'start':
      restart(desk);
      return { by: 'reserved', word: destination.word, meaning: 'start' };
    case 'help':
      reply(desk.world.program.help, desk);
      yield* askAgain(desk);
      return { by: 'reserved', word: destination.word, meaning: 'help' };
    case 'agent':
      reply(desk.world.program.agent ?? '', desk);
      yield* askAgain(desk);
      return { by: 'reserved', word: destination.word, meaning: 'agent' };
    case 'run': {
      const { run, classified } = destination;
      const { node } = run.position;
      run.status = 'active';
      // What follows from an answer of which only the outcome is kept, a consent and its evidence, keeps no more of it.
      if (run.flow.compiled.nodes.get(node)?.forgets) desk.message = hideDigits(desk.message ?? '');
      // What is not understood answers nothing, nor what was texted before anything was asked.
      if (classified.category !== 'other' && !isOlder(desk, run.startedAt)) desk.answered = run;
      yield* drive(run, { type: `reply.${classified.category}`, value: classified.value }, desk);
      keepSaid(run, desk);
      return {
        by: destination.rule,
        runId: run.id,
        flowId: run.flow.flowId,
        node,
        category: classified.category,
      };
    }
    case 'flow': {
      const { binding, rest } = destination.match;
      const { flow, word, medium } = binding.target;
      const { blocked } = desk.world.program;
      if (desk.contact.blocked && blocked !== undefined) {
        reply(blocked, desk);
        return { by: 'keyword', word, flowId: flow.flowId, version: flow.version, medium, resumed: false };
      }
      const resumed = yield* enter(binding.target, { keyword: word, medium, rest: rest || null }, desk);
      return { by: 'keyword', word, flowId: flow.flowId, version: flow.version, medium, resumed };
    }
    case 'closed': {
      const { word, flow } = destination.keyword;
      reply(desk.world.program.closed ?? '', desk);
      return { by: 'closed', word, flowId: flow.id };
    }
    case 'fallback': {
      const { flow, medium } = destination.entrance;
      const rest = desk.message?.trim() || null;
      const resumed = yield* enter(destination.entrance, { keyword: null, medium, rest }, desk);
      return { by: 'unmatched', flowId: flow.flowId, version: flow.version, resumed };
    }
    case 'nobody':
      return { by: 'unmatched', flowId: null, version: null, resumed: false };
    default:
      return assertNever(destination);
  }
}

/**
 * A keyword starts its flow, or, where a run of it already waits for a reply, asks that run's question again. A run that only
 * lets time pass gives way to the new one, for nobody should text a keyword and hear nothing. Other questions are parked.
 */
function* enter({ flow, language }: Entrance, entry: Run['entry'], desk: Desk): Driving<boolean> {
  if (language !== null) setField(LANGUAGE_FIELD, language, desk);
  const running = desk.contact.runs.find((run) => run.status !== 'ended' && run.flow.flowId === flow.flowId);
  park(running ?? null, desk);
  if (running && isQuestion(running)) {
    running.status = 'active';
    yield* drive(running, { type: 'resume' }, desk);
    return true;
  }
  if (running) yield* drive(running, { type: 'cancel' }, desk);
  yield* startRun(flow, entry, desk);
  return false;
}

/** An order begins nothing with somebody who said STOP: all it could send would be refused. */
function* startOrdered(order: StartOrder, desk: Desk): Driving<Route> {
  const { flow, id, fields = {}, answers = {}, anew = false } = order;
  const { flowId } = flow;
  if (desk.contact.stopped) return { by: 'start', runId: null, flowId, refused: 'stopped' };
  const running = desk.contact.runs.find((run) => run.status !== 'ended' && run.flow.flowId === flowId);
  if (running && !anew) return { by: 'start', runId: running.id, flowId, refused: 'already' };
  for (const [field, value] of Object.entries(fields)) setField(field, value, desk);
  if (running) yield* drive(running, { type: 'cancel' }, desk);
  const entry = { keyword: null, medium: null, rest: null };
  const run = yield* startRun(flow, entry, desk, { id: id ?? desk.identity.newId(), answers });
  return { by: 'start', runId: run.id, flowId, refused: null };
}

function sendOrdered({ text, purpose, list }: TextOrder, desk: Desk): Refusal | null {
  const refusal = refusalOf(purpose, list, desk);
  if (refusal === null)
    desk.effects.push({
      kind: 'send',
      id: desk.identity.newId(),
      runId: null,
      node: null,
      text,
      segments: segmentCount(text),
      purpose,
      list,
    });
  return refusal;
}

function* startRun(
  flow: PublishedFlow,
  entry: Run['entry'],
  desk: Desk,
  { id, answers }: { id: string; answers: Readonly<Record<string, Scalar>> } = {
    id: desk.identity.newId(),
    answers: {},
  },
): Driving<Run> {
  const { node, place, context } = BEGINNING;
  const run: Run = {
    id,
    flow,
    position: { node, place, context: { ...context, answers: { ...answers } } },
    seq: 0,
    status: 'active',
    outcome: null,
    wakeAt: null,
    startedAt: desk.now,
    entry,
  };
  desk.contact.runs.unshift(run);
  if (desk.message !== null) desk.answered = run;
  yield* drive(run, { type: 'start' }, desk);
  keepSaid(run, desk);
  return run;
}

/** Sets every other waiting question aside; it is asked again when the interruption is over. */
function park(except: Run | null, desk: Desk): void {
  for (const run of desk.contact.runs) {
    if (run === except || run.status !== 'active' || !isQuestion(run)) continue;
    run.status = 'parked';
    desk.touched.add(run);
    trailOf(run, desk).push({ do: 'event', type: 'interrupted' });
  }
}

/** Once no question is open any more and nothing is under way, the newest parked one is asked again. */
function* resumeParked(desk: Desk): Driving<void> {
  const isOpen = (run: Run) => run.status === 'active' && (isQuestion(run) || isBusy(run));
  if (desk.contact.stopped || desk.contact.runs.some(isOpen)) return;
  const parked = desk.contact.runs.find(isParked);
  if (!parked) return;
  parked.status = 'active';
  yield* drive(parked, { type: 'resume' }, desk);
}

function* askAgain(desk: Desk): Driving<void> {
  const newest = desk.contact.runs.find((run) => run.status === 'active' && isQuestion(run));
  if (newest && !desk.contact.stopped) yield* drive(newest, { type: 'resume' }, desk);
}

const isParked = ({ status }: Run): boolean => status === 'parked';

const isQuestion = (run: Run): boolean => Boolean(run.flow.compiled.nodes.get(run.position.node)?.classify);

/** Whether the run waits for an answer that comes soon by itself. */
const isBusy = (run: Run): boolean => run.flow.compiled.nodes.get(run.position.node)?.busy ?? false;
