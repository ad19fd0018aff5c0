import { durationSeconds } from '../definition/duration.ts';
import { isLaterKind } from '../engine/effects.ts';
import { Phone } from '../engine/phone.ts';
import type { Conversation, TranscriptLine } from '../engine/transcript.ts';
import type { SenderWorld } from '../engine/world.ts';
import { ANYBODY } from './alphabet.ts';
import { type BegunElsewhere, begunElsewhere } from './begun-elsewhere.ts';
import { lineOf } from './rehearse.ts';
import type { Turn } from './script.ts';

/** What has to be known of a person, and of the time, for a conversation to be held. */
export type Person = Omit<Conversation, 'name' | 'lines'>;

/** What a conversation did on a phone. */
export interface Played {
  lines: TranscriptLine[];
  /** The lines of the drawing it went along, as "node.port". */
  passed: Set<string>;
  /** What the other flows said then is not ours to know. */
  elsewhere: BegunElsewhere[];
}

/** A phone in the hand of a person. */
export const phoneOf = (person: Person, world: SenderWorld): Phone =>
  new Phone({
    world,
    phone: person.phone ?? ANYBODY,
    language: person.language ?? null,
    fields: person.contact ?? {},
    tags: person.tags ?? [],
    closedContests: person.closedContests ?? [],
    emptyPools: person.emptyPools ?? [],
    holds: person.holds ?? false,
    startAt: person.begins === undefined ? 0 : Date.parse(person.begins),
  });

/** Plays a script on the engine's phone, and writes down what is heard. */
export function playTurns(turns: readonly Turn[], person: Person, world: SenderWorld): Played {
  const phone = phoneOf(person, world);
  const lines: TranscriptLine[] = [];
  for (const turn of turns) {
    const line = lineOf(turn, phone.contact, world);
    lines.push(line, ...heardAfter(line, phone));
  }
  return { lines, passed: passedBy(phone), elsewhere: begunElsewhere(phone) };
}

/** Plays everything but what is heard in a transcript, and writes down what is heard now. */
export function playLines(conversation: Conversation, world: SenderWorld): Played {
  const phone = phoneOf(conversation, world);
  const lines = conversation.lines.flatMap((line) =>
    'hears' in line ? [] : [line, ...heardAfter(line, phone)],
  );
  return { lines, passed: passedBy(phone), elsewhere: begunElsewhere(phone) };
}

const heardAfter = (line: Exclude<TranscriptLine, { hears: string }>, phone: Phone): TranscriptLine[] =>
  take(line, phone).map((hears) => ({ hears }));

function take(line: Exclude<TranscriptLine, { hears: string }>, phone: Phone): string[] {
  if ('says' in line) return phone.says(line.says, line.media);
  if ('after' in line) return phone.wait(durationSeconds(line.after));
  if ('becomes' in line) {
    phone.contact.consents[line.list] = { state: line.becomes, because: 'person' };
    return [];
  }
  if ('event' in line) return phone.event(line.event, line.key ?? null, line.value ?? null);
  return isLaterKind(line.answer) ? phone.answer(line.answer, line.with, line.values) : [];
}

function passedBy({ decisions }: Phone): Set<string> {
  const steps = decisions.flatMap(({ trails }) => trails.flatMap((trail) => trail.steps));
  return new Set(steps.flatMap((step) => (step.do === 'pass' ? [`${step.from}.${step.port}`] : [])));
}
