import type { ParsedFlow } from '../definition/parse.ts';
import { type Conversation, printTranscript, type TranscriptLine } from '../engine/transcript.ts';
import type { BegunElsewhere } from './begun-elsewhere.ts';
import { drawnLines } from './drawn-lines.ts';
import { groundOf } from './ground.ts';
import { playLines } from './play.ts';
import { proofWorld, type ProofWorld } from './world.ts';

/** A saved conversation, played again. */
export interface GoldenResult {
  name: string;
  /** It reads as it was saved. */
  same: boolean;
  expected: readonly TranscriptLine[];
  happened: TranscriptLine[];
  /** What of it goes to other flows, which then say what is not written here. */
  elsewhere: BegunElsewhere[];
}

/** How the saved conversations of a flow read now, and how many of them go along each line of the drawing ("node.port"). */
export interface GoldenReport {
  results: GoldenResult[];
  covered: ReadonlyMap<string, number>;
}

/** Plays the saved conversations of a flow, as often as it is edited: quick, for nothing is explored. */
export function playGolden(
  parsed: ParsedFlow,
  conversations: readonly Conversation[],
  world: ProofWorld = proofWorld(),
): GoldenReport {
  const { sender } = groundOf(parsed, world);
  const lines = parsed.definition.edges.map(({ from, port }) => `${from}.${port}`);
  const covered = new Map(lines.map((line) => [line, 0]));
  const results = conversations.map((conversation) => {
    const { lines: happened, passed, elsewhere } = playLines(conversation, sender);
    for (const line of drawnLines(passed)) {
      const times = covered.get(line);
      if (times !== undefined) covered.set(line, times + 1);
    }
    const same = printTranscript(happened) === printTranscript(conversation.lines);
    return { name: conversation.name, same, expected: conversation.lines, happened, elsewhere };
  });
  return { results, covered };
}
