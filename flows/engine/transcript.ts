import { durationSeconds, durationWords } from '../definition/duration.ts';

/** A conversation as people read it: what the person says, what they hear, and how much time passes between. */
export type TranscriptLine = { says: string } | { hears: string } | { after: string };

/** A golden conversation: the specification of a flow, one file beside it. */
export interface Conversation {
  name: string;
  /** Fields of the contact before the first text. */
  contact?: Record<string, string | number | boolean>;
  /** The person's number; it decides the arm of an experiment. */
  phone?: string;
  /** The language the person is known to speak. */
  language?: string;
  /** Contests that are over when the conversation begins. */
  closedContests?: string[];
  lines: TranscriptLine[];
}

/** What can hold a conversation: the engine, the phone in the editor, or the server over HTTP. */
export interface ConversationDriver {
  /** Texts the flow and returns what comes back at once. */
  says: (text: string) => Promise<string[]>;
  /** Lets time pass and returns what is sent meanwhile. */
  after: (seconds: number) => Promise<string[]>;
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
    const heard =
      'says' in line ? await driver.says(line.says) : await driver.after(durationSeconds(line.after));
    for (const hears of heard) happened.push({ hears });
  }
  return happened;
}

/** A transcript as plain text, one line each, for terminals and test diffs. */
export function printTranscript(lines: readonly TranscriptLine[]): string {
  return lines
    .map((line) =>
      'says' in line
        ? `> ${line.says}`
        : 'hears' in line
          ? `< ${line.hears}`
          : `  … ${durationWords(line.after)} later`,
    )
    .join('\n');
}
