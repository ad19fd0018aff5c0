import { Phone } from '../engine/phone.ts';
import type { Conversation, TranscriptLine } from '../engine/transcript.ts';
import type { SenderWorld } from '../engine/world.ts';
import { ANYBODY, lineOf } from './rehearse.ts';
import type { Turn } from './script.ts';

/** What a conversation did on a phone. */
export interface Played {
  lines: TranscriptLine[];
  /** The lines of the drawing it went along, as "node.port". */
  passed: Set<string>;
  phone: Phone;
}

/** Plays a conversation on the engine's phone, and writes down what is heard. */
export function onPhone(
  turns: readonly Turn[],
  person: Omit<Conversation, 'name' | 'lines'>,
  world: SenderWorld,
): Played {
  const phone = new Phone({
    world,
    phone: person.phone ?? ANYBODY,
    language: person.language ?? null,
    fields: person.contact ?? {},
    tags: person.tags ?? [],
    closedContests: person.closedContests ?? [],
    holds: person.holds ?? false,
    startAt: 0,
  });
  const lines: TranscriptLine[] = [];
  for (const turn of turns) {
    lines.push(lineOf(turn, phone.contact, world));
    for (const hears of take(turn, phone, world)) lines.push({ hears });
  }
  return { lines, passed: passedBy(phone), phone };
}

function take(turn: Turn, phone: Phone, world: SenderWorld): string[] {
  if ('says' in turn) return phone.says(turn.says);
  if ('after' in turn) return phone.wait(turn.after);
  if ('answer' in turn) return phone.answer(turn.answer, turn.with, turn.values);
  const line = lineOf(turn, phone.contact, world);
  return phone.event(turn.event, 'key' in line ? (line.key ?? null) : null, turn.value);
}

function passedBy({ decisions }: Phone): Set<string> {
  const steps = decisions.flatMap(({ trails }) => trails.flatMap((trail) => trail.steps));
  return new Set(steps.flatMap((step) => (step.do === 'pass' ? [`${step.from}.${step.port}`] : [])));
}
