import { durationOf } from '../definition/duration.ts';
import { decide } from '../engine/decide.ts';
import { textOf } from '../engine/desk.ts';
import type { TransactionAnswer } from '../engine/effects.ts';
import type { OpenCall } from '../engine/phone.ts';
import type { TranscriptLine } from '../engine/transcript.ts';
import type { ContactState, Decision, Happening, Run, SenderWorld, TrailStep } from '../engine/world.ts';
import { ANYBODY } from './alphabet.ts';
import type { Given, Script, Turn } from './script.ts';

/** What really happened when a script was played. */
export interface Rehearsal {
  lines: TranscriptLine[];
  decisions: Decision[];
  contact: ContactState;
  /** The run that was under way at the end, or the last one. */
  run: Run | null;
  /** Everything the runs did, in order. */
  trail: TrailStep[];
}

/** Plays a script with the engine's own `decide`, as the server would, and writes down what is said and heard. */
export function rehearse({ given, ordered, turns, outcomes }: Script, world: SenderWorld): Rehearsal {
  const contact = contactOf(given);
  const lines: TranscriptLine[] = [];
  const decisions: Decision[] = [];
  const answers = outcomes.map((outcome): TransactionAnswer => ({ outcome }));
  const calls: OpenCall[] = [];
  let now = 0;
  let ids = 0;
  const happen = (happening: Happening) => {
    const deciding = decide(happening, contact, world, { newId: () => `rehearsed-${++ids}` });
    let turn = deciding.next();
    while (!turn.done) turn = deciding.next(answers.shift() ?? { outcome: 'entered' });
    contact.known = true;
    decisions.push(turn.value);
    for (const effect of turn.value.effects) {
      if (effect.kind === 'send') lines.push({ hears: effect.text });
      if (effect.kind === 'call') calls.push(effect);
    }
  };
  const wait = (seconds: number) => {
    const until = now + seconds * 1_000;
    for (let run = nextToWake(contact, until); run; run = nextToWake(contact, until)) {
      now = run.wakeAt ?? now;
      happen({ kind: 'wake', runId: run.id, seq: run.seq, at: now });
    }
    now = until;
  };
  if (ordered) happen({ kind: 'start', flow: ordered, at: now });
  for (const turn of turns) {
    const line = lineOf(turn, contact, world);
    lines.push(line);
    if ('says' in line)
      happen({
        kind: 'message',
        text: line.says,
        at: now,
        ...(line.media ? { media: line.media } : {}),
      });
    else if ('after' in turn) wait(turn.after);
    else if ('becomes' in turn) contact.consents[turn.list] = { state: turn.becomes, because: 'person' };
    else if ('event' in line) {
      happen({ kind: 'event', name: line.event, key: line.key ?? null, value: line.value ?? null, at: now });
    } else if ('answer' in turn) {
      const call = calls.findLast((one) => one.call.kind === turn.answer);
      if (call) happen(answerOf(call, turn, now));
    }
  }
  const run = currentRun(contact);
  const trail = decisions.flatMap(({ trails }) => trails.flatMap(({ steps }) => steps));
  return { lines, decisions, contact, run, trail };
}

const currentRun = ({ runs }: ContactState): Run | null =>
  runs.find(({ status }) => status === 'active') ?? runs[0] ?? null;

/** A turn as a transcript has it; an event happens under the key that the run waits for. */
export function lineOf(
  turn: Turn,
  contact: ContactState,
  world: SenderWorld,
): Exclude<TranscriptLine, { hears: string }> {
  if ('says' in turn) return turn;
  if ('after' in turn) return { after: durationOf(turn.after) };
  if ('becomes' in turn) return turn;
  if ('answer' in turn) {
    const { values } = turn;
    return { ...turn, values: { ...values } };
  }
  const run = currentRun(contact);
  const field = run?.flow.compiled.nodes.get(run.position.node)?.listens?.key ?? null;
  const key = run && field !== null ? textOf(run.position.node, field, run, { contact, world }) : null;
  return { ...turn, ...(key === null ? {} : { key }) };
}

const answerOf = (
  { runId, seq, message }: OpenCall,
  turn: Extract<Turn, { answer: unknown }>,
  at: number,
): Happening => ({
  kind: 'answer',
  runId,
  seq,
  effect: turn.answer,
  outcome: turn.with,
  values: turn.values,
  message,
  at,
});

function nextToWake({ runs }: ContactState, until: number): Run | null {
  let next: Run | null = null;
  for (const run of runs) {
    if (run.wakeAt !== null && run.wakeAt <= until && (next?.wakeAt == null || run.wakeAt < next.wakeAt))
      next = run;
  }
  return next;
}

function contactOf({ fields, phone, language, tags, consents, ages, stopped, arms }: Given): ContactState {
  return {
    phone: phone ?? ANYBODY,
    known: false,
    language,
    fields: { ...fields },
    tags: [...tags],
    stopped,
    consents: Object.fromEntries(
      Object.entries(consents).map(([list, state]) => [list, { state, because: 'import' }]),
    ),
    ages: Object.fromEntries(ages.map((years) => [years, 'confirmed'])),
    arms: { ...arms },
    runs: [],
  };
}
