import { explain } from '#flows/engine/explain.ts';
import type { Verdict } from '#flows/engine/explanation.ts';
import { candidateSentence } from '#flows/engine/explain-words.ts';
import type { Explanation, Message } from '#shared/api/messages.ts';
import type { WorkspaceWorld } from '../runtime/world-cache.ts';
import type { StoredRoute } from './route-words.ts';

/**
 * The keywords of what is published now that a text meets, at the time it came. Which of them was followed is told by its route:
 * what is published may have changed since.
 */
export function keywordsMet(
  { text, sender, at }: Message,
  { known, route }: { known: boolean; route: StoredRoute | null },
  world: WorkspaceWorld,
): Explanation['keywords'] {
  const entry = [...world.senders.values()].find(({ address }) => address === sender);
  if (!entry) return [];
  const nobody = { phone: '', language: null, fields: {}, stopped: false, consents: {}, arms: {}, runs: [] };
  const { candidates } = explain(text, { ...nobody, known }, entry.world, { now: Date.parse(at) });
  return candidates.map((candidate) => {
    const { word, match, flow, medium, score, typos } = candidate;
    // A text that was set aside met nothing that could have gone first: the word would have been followed.
    const verdict: Verdict =
      candidate.verdict === 'meant' && route !== null && route.by !== 'keyword'
        ? 'held-back'
        : candidate.verdict;
    const sentence = candidateSentence({ ...candidate, verdict });
    return { word, match, flow: { id: flow.id, name: flow.name }, medium, score, typos, verdict, sentence };
  });
}
