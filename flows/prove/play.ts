import { durationOf } from '../definition/duration.ts';
import { Phone } from '../engine/phone.ts';
import type { Conversation, TranscriptLine } from '../engine/transcript.ts';
import type { SenderWorld } from '../engine/world.ts';
import { ANYBODY } from './rehearse.ts';
import type { Turn } from './script.ts';

/** What a conversation did on a phone. */
export interface Played {
  lines: TranscriptLine[];
  /** The lines of the drawing it went along, as "node.port". */
  passed: Set<string>;
  phone: Phone;
}

/** Plays the person's side of a conversation on the engine's phone, and writes down what is heard. */
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
    closedContests: person.closedContests ?? [],
    startAt: 0,
  });
  const lines: TranscriptLine[] = [];
  for (const turn of turns) {
    lines.push('says' in turn ? turn : { after: durationOf(turn.after) });
    const heard = 'says' in turn ? phone.says(turn.says) : phone.wait(turn.after);
    for (const hears of heard) lines.push({ hears });
  }
  return { lines, passed: passedBy(phone), phone };
}

function passedBy({ decisions }: Phone): Set<string> {
  const steps = decisions.flatMap(({ trails }) => trails.flatMap((trail) => trail.steps));
  return new Set(steps.flatMap((step) => (step.do === 'pass' ? [`${step.from}.${step.port}`] : [])));
}
