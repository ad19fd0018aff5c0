import type { GoldenResult } from '#flows/prove/golden.ts';
import { printTranscript } from '#flows/engine/transcript.ts';
import type { SavedConversation } from '#shared/api/conversations.ts';
import type { Recorded } from '../../../lib/rehearsal/rehearsal-state.ts';

/** A chat as it may be saved: beginning on no day of its own, and at each moment at which it may have to. */
export const ways = (
  { chat, moments }: Recorded,
  name: string,
): [SavedConversation, ...SavedConversation[]] => [
  { ...chat, name },
  ...moments.map((begins) => ({ ...chat, name, begins })),
];

/**
 * Which of these ways to save, by how each was heard: on no day of its own where the moment makes no difference, else at the first at
 * which it reads as it did on the phone. What is heard is what tests hear, whose program is another.
 */
export function begunWhen(
  all: readonly [SavedConversation, ...SavedConversation[]],
  results: readonly GoldenResult[],
): SavedConversation {
  const heard = all.map((one, at) => ({ ...one, lines: [...(results[at]?.happened ?? one.lines)] }));
  const [plain = all[0], first] = heard;
  const same = heard.find((_, at) => results[at]?.same);
  if (same) return same;
  return first && printTranscript(first.lines) !== printTranscript(plain.lines) ? first : plain;
}
