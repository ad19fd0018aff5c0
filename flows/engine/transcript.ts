import { durationSeconds, durationWords } from '../definition/duration.ts';
import type { Scalar } from './effects.ts';

/**
 * A conversation as people read it: what the person says, what they hear, how much time passes between, and what the outside
 * does: an event, the answer to something that was asked of it ("webhook" with "timeout"), or a list that the person joins or leaves
 * by another way.
 */
export type TranscriptLine =
  | { says: string; media?: string[] }
  | { hears: string }
  | { after: string }
  | { event: string; key?: string; value?: Scalar }
  | { answer: string; with: string; values?: Record<string, Scalar> }
  | { list: string; becomes: 'confirmed' | 'revoked' };

/** A golden conversation: the specification of a flow, one file beside it. */
export interface Conversation {
  name: string;
  /** When it begins, ISO 8601 in UTC; left out, at 0 milliseconds since 1970. */
  begins?: string;
  /** Fields of the contact before the first text. */
  contact?: Record<string, string | number | boolean>;
  /** The person's number; it decides the arm of an experiment. */
  phone?: string;
  /** The language the person is known to speak. */
  language?: string;
  /** Words on the contact before the first text. */
  tags?: string[];
  /** Contests that are over when the conversation begins. */
  closedContests?: string[];
  /** Pools of vouchers that have no code left. */
  emptyPools?: string[];
  /** What is asked of the outside waits for its `answer` line; otherwise it is answered at once, and well. */
  holds?: boolean;
  lines: TranscriptLine[];
}

/** What can hold a conversation: the engine, the phone in the editor, or the server over HTTP. */
export interface ConversationDriver {
  /** Texts the flow and returns what comes back at once. */
  says: (text: string, media?: readonly string[]) => Promise<string[]>;
  /** Lets time pass and returns what is sent meanwhile. */
  after: (seconds: number) => Promise<string[]>;
  /** Lets something happen outside. A driver without it holds no conversation with such a line. */
  event?: (name: string, key: string | null, value: Scalar) => Promise<string[]>;
  /** Answers what was asked of the outside. */
  answer?: (kind: string, outcome: string, values?: Record<string, Scalar>) => Promise<string[]>;
}

/** Plays the person's side of a conversation and writes down what is heard: the transcript that really happened. */
export async function play(
  lines: readonly TranscriptLine[],
  driver: ConversationDriver,
): Promise<TranscriptLine[]> {
  const happened: TranscriptLine[] = [];
  for (const line of lines) {
    if ('hears' in line) continue;
    happened.push(line);
    const heard = await hear(line, driver);
    for (const hears of heard) happened.push({ hears });
  }
  return happened;
}

function hear(
  line: Exclude<TranscriptLine, { hears: string }>,
  driver: ConversationDriver,
): Promise<string[]> {
  if ('says' in line) return driver.says(line.says, line.media);
  if ('after' in line) return driver.after(durationSeconds(line.after));
  if ('event' in line) {
    if (!driver.event) throw new Error('Nothing can happen outside of this conversation.');
    return driver.event(line.event, line.key ?? null, line.value ?? null);
  }
  if ('becomes' in line) throw new Error('Nobody joins or leaves a list outside of this conversation.');
  if (!driver.answer) throw new Error('Nothing is asked of the outside in this conversation.');
  return driver.answer(line.answer, line.with, line.values);
}

/** A transcript as plain text, one line each, for terminals and test diffs. */
export const printTranscript = (lines: readonly TranscriptLine[]): string => lines.map(printed).join('\n');

function printed(line: TranscriptLine): string {
  if ('says' in line) return `> ${[line.says, ...(line.media ?? []).map((url) => `[${url}]`)].join(' ')}`;
  if ('hears' in line) return `< ${line.hears}`;
  return 'after' in line ? `  … ${remarkOn(line)}` : `  ! ${remarkOn(line)}`;
}

/** What happens between texts, in words: "24 hours later", "paid order-17 happens", "webhook answers timeout". */
export function remarkOn(line: Exclude<TranscriptLine, { says: string } | { hears: string }>): string {
  if ('after' in line) return `${durationWords(line.after)} later`;
  if ('event' in line) return `${[line.event, line.key].filter(Boolean).join(' ')} happens`;
  if ('becomes' in line) return `${line.becomes === 'confirmed' ? 'joins' : 'leaves'} ${line.list} elsewhere`;
  return `${line.answer} answers ${line.with}`;
}
