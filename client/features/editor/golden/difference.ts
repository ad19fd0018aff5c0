import type { TranscriptLine } from '#flows/engine/transcript.ts';

/** A line of a conversation: as saved and as it happened, or one of the two. */
export interface ComparedLine {
  line: TranscriptLine;
  in: 'both' | 'saved' | 'now';
}

type Input = Exclude<TranscriptLine, { hears: string }>;

/**
 * Puts a saved conversation and what happened when it was played beside each other. Both have the same inputs; what was heard after
 * each is compared, so that a text that is new or gone does not shift the rest.
 */
export function compareLines(
  saved: readonly TranscriptLine[],
  now: readonly TranscriptLine[],
): ComparedLine[] {
  const before = turnsOf(saved);
  const after = turnsOf(now);
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => {
    const turn = before[at] ?? after[at];
    const input: ComparedLine[] = turn?.input ? [{ line: turn.input, in: 'both' }] : [];
    return [...input, ...compareHeard(before[at]?.heard ?? [], after[at]?.heard ?? [])];
  }).flat();
}

function compareHeard(saved: readonly string[], now: readonly string[]): ComparedLine[] {
  const least = Math.min(saved.length, now.length);
  let start = 0;
  while (start < least && saved[start] === now[start]) start++;
  let end = 0;
  while (end < least - start && saved.at(-1 - end) === now.at(-1 - end)) end++;
  return [
    ...saved.slice(0, start).map(as('both')),
    ...saved.slice(start, saved.length - end).map(as('saved')),
    ...now.slice(start, now.length - end).map(as('now')),
    ...saved.slice(saved.length - end).map(as('both')),
  ];
}

const as =
  (where: ComparedLine['in']) =>
  (hears: string): ComparedLine => ({ line: { hears }, in: where });

/** What is heard before anything happens comes first, after no input. */
function turnsOf(lines: readonly TranscriptLine[]): { input: Input | null; heard: string[] }[] {
  const turns: { input: Input | null; heard: string[] }[] = [{ input: null, heard: [] }];
  for (const line of lines) {
    if ('hears' in line) turns.at(-1)?.heard.push(line.hears);
    else turns.push({ input: line, heard: [] });
  }
  return turns;
}
