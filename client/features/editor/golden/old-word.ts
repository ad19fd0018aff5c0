import type { Trigger } from '#flows/definition/schema.ts';
import type { GoldenResult } from '#flows/prove/golden.ts';
import type { SavedConversation } from '#shared/api/conversations.ts';
import { normalise } from '#shared/sms/text.ts';

/** A word that saved conversations begin with though it starts the flow no more, and the one that does. */
export interface OldWord {
  old: string;
  now: string;
  /** How many of the conversations begin with it. */
  count: number;
  /** The other flow that the old one starts, if there is one. */
  flow: string | null;
}

/** The word that most of the conversations begin with, if the flow no longer starts with it; null where they may be meant so. */
export function oldWordOf(
  triggers: readonly Trigger[],
  conversations: readonly SavedConversation[],
  results: readonly Pick<GoldenResult, 'elsewhere'>[] = [],
): OldWord | null {
  const [first] = triggers.flatMap(({ kind, words }) => (kind === 'keyword' ? words : []));
  // Patterns, typos and texts that nothing else takes may well mean what was saved.
  const isPlain = triggers.every(({ kind, match }) => kind === 'keyword' && PLAIN.has(match));
  if (first === undefined || !isPlain) return null;
  const own = new Set(triggers.flatMap(({ words }) => words.map(leading)));
  const counts = new Map<string, number>();
  for (const { lines } of conversations) {
    const said = lines.find((line) => 'says' in line);
    const word = said ? leading(said.says) : '';
    if (word && !own.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a)[0];
  if (!most || most[1] * 2 < conversations.length) return null;
  const [old, count] = most;
  const taken = results.flatMap(({ elsewhere }) => elsewhere).find(({ by }) => leading(by) === old);
  return { old, now: first, count, flow: taken?.flow ?? null };
}

const leading = (text: string): string => normalise(text).split(' ')[0] ?? '';

const PLAIN: ReadonlySet<string> = new Set<Trigger['match']>(['exact', 'first-word']);
