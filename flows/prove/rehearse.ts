import { durationOf } from '../definition/duration.ts';
import { decide } from '../engine/decide.ts';
import type { TransactionOutcome, TransactionRequest } from '../engine/effects.ts';
import type { TranscriptLine } from '../engine/transcript.ts';
import type { ContactState, Decision, Happening, Run, SenderWorld, TrailStep } from '../engine/world.ts';
import type { Given, Script } from './script.ts';

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

/** Somebody's number that is nobody's. */
export const ANYBODY = '+12025550123';

/** Plays a script with the engine's own `decide`, as the server would, and writes down what is said and heard. */
export function rehearse({ given, turns, outcomes }: Script, world: SenderWorld): Rehearsal {
  const contact = contactOf(given);
  const lines: TranscriptLine[] = [];
  const decisions: Decision[] = [];
  const answers = [...outcomes];
  let now = 0;
  let ids = 0;
  const happen = (happening: Happening) => {
    const deciding = decide(happening, contact, world, { newId: () => `rehearsed-${++ids}` });
    let turn = deciding.next();
    while (!turn.done) turn = deciding.next({ outcome: answerTo(turn.value, answers) });
    decisions.push(turn.value);
    for (const effect of turn.value.effects) if (effect.kind === 'send') lines.push({ hears: effect.text });
  };
  for (const turn of turns) {
    if ('says' in turn) {
      lines.push({ says: turn.says });
      happen({ kind: 'message', text: turn.says, at: now });
    } else {
      lines.push({ after: durationOf(turn.after) });
      const until = now + turn.after * 1_000;
      for (let run = nextToWake(contact, until); run; run = nextToWake(contact, until)) {
        now = run.wakeAt ?? now;
        happen({ kind: 'wake', runId: run.id, seq: run.seq, at: now });
      }
      now = until;
    }
  }
  const run = contact.runs.find(({ status }) => status === 'active') ?? contact.runs[0] ?? null;
  const trail = decisions.flatMap(({ trails }) => trails.flatMap(({ steps }) => steps));
  return { lines, decisions, contact, run, trail };
}

function nextToWake({ runs }: ContactState, until: number): Run | null {
  let next: Run | null = null;
  for (const run of runs) {
    if (run.wakeAt !== null && run.wakeAt <= until && (next?.wakeAt == null || run.wakeAt < next.wakeAt))
      next = run;
  }
  return next;
}

const answerTo = (_: TransactionRequest, answers: TransactionOutcome[]): TransactionOutcome =>
  answers.shift() ?? 'entered';

function contactOf({ fields, phone, consents, stopped, arms }: Given): ContactState {
  return {
    phone: phone ?? ANYBODY,
    known: false,
    language: null,
    fields: { ...fields },
    stopped,
    consents: Object.fromEntries(
      Object.entries(consents).map(([list, state]) => [list, { state, because: 'import' }]),
    ),
    arms: { ...arms },
    runs: [],
  };
}
