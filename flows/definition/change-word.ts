import { normalise } from '#shared/sms/text.ts';
import type { TranscriptLine } from '../engine/transcript.ts';
import type { Definition } from './schema.ts';

/** The word that a flow is first known by, or null where none starts it. */
export const firstWord = ({ triggers }: Pick<Definition, 'triggers'>): string | null =>
  triggers.find(({ kind, match }) => kind === 'keyword' && match !== 'pattern')?.words[0] ?? null;

/** A flow that starts with another word, and names that one in its texts wherever it named the old one. */
function changeWord(definition: Definition, from: string, to: string): Definition {
  const old = normalise(from);
  return {
    ...definition,
    triggers: definition.triggers.map((trigger) => ({
      ...trigger,
      words: trigger.words.map((word) => (normalise(word) === old ? to : word)),
    })),
    nodes: definition.nodes.map((node) => ({ ...node, config: inSentences(node.config, from, to) })),
    translations: Object.fromEntries(
      Object.entries(definition.translations).map(([language, texts]) => [
        language,
        Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, nameWord(text, from, to)])),
      ]),
    ),
  };
}

/** A flow and its conversations, starting with a word in the place of its first one; as they are where that is its word already. */
export function startWith<Talk extends { lines: TranscriptLine[] }>(
  definition: Definition,
  conversations: readonly Talk[],
  word: string | null,
): { definition: Definition; conversations: Talk[] } {
  const old = firstWord(definition);
  if (old === null || word === null || word === old) return { definition, conversations: [...conversations] };
  return {
    definition: changeWord(definition, old, word),
    conversations: conversations.map((one) => ({ ...one, lines: sayWord(one.lines, old, word) })),
  };
}

/** A text that names a word as it stands on the poster, with another one in its place. */
export function nameWord(text: string, from: string, to: string): string {
  const literally = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literally}(?![\\p{L}\\p{N}])`, 'gu'), () => to);
}

/** Lines of a conversation whose person texts another word where they began a text with the old one. */
export function sayWord<Line extends TranscriptLine>(
  lines: readonly Line[],
  from: string,
  to: string,
): Line[] {
  const old = normalise(from);
  return lines.map((line) =>
    'says' in line ? { ...line, says: startingWith(line.says, { old, to, count: wordsIn(from) }) } : line,
  );
}

function startingWith(said: string, { old, to, count }: { old: string; to: string; count: number }): string {
  const words = said.split(/(\s+)/);
  const end = words.findIndex((_, at) => wordsIn(words.slice(0, at + 1).join('')) === count) + 1;
  const start = words.slice(0, end).join('');
  if (end === 0 || normalise(start) !== old) return said;
  const typed = start === start.toLowerCase() ? to.toLowerCase() : to;
  return typed + words.slice(end).join('');
}

const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

/** Only what has words apart is a text to people; the rest are keys, answers and numbers. */
function inSentences(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return /\s/.test(value) ? nameWord(value, from, to) : value;
  if (Array.isArray(value)) return value.map((one) => inSentences(one, from, to));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inSentences(one, from, to)]));
}
