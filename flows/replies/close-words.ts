import { reservedWords } from '#shared/sms/reserved-words.ts';
import { STOP_SLIPS } from '#shared/sms/revocation-words.ts';
import { normalise } from '#shared/sms/text.ts';
import { editDistance, typosBetween, typosForgiven } from '#shared/sms/typos.ts';
import type { AnswerWords } from '../engine/classify.ts';

/** STOP by any name must never be taken for an answer; what the US knows is the longest list there is. */
const STRICTEST = 'US';

/**
 * Builds a matcher that forgives typos in a whole reply or its first words: one from 5 letters, two from 9. Null where two
 * answers are as near, or where the reply is, or is as near to, a word that says STOP.
 */
export function closeMatcher(
  answers: readonly AnswerWords[],
  language: string,
): (normalised: string) => string | null {
  const known = answers.flatMap(({ id, words }) =>
    words.map(normalise).flatMap((word) => (typosForgiven(word) === 0 ? [] : [{ id, word }])),
  );
  if (known.length === 0) return () => null;
  const stops = stopWords(language);
  const longest = Math.max(...known.map(({ word }) => word.split(' ').length));
  return (normalised) => {
    const parts = normalised.split(' ', longest + 2).map((part) => part.replace(/[.,!?;:)]+$/, ''));
    let best: { id: string; typos: number } | null = null;
    let isTied = false;
    for (let taken = 1; taken <= Math.min(parts.length, longest + 1); taken++) {
      const beginning = parts.slice(0, taken).join(' ');
      for (const { id, word } of known) {
        const typos = typosBetween(beginning, word);
        if (typos === null) continue;
        if (best === null || typos < best.typos) [best, isTied] = [{ id, typos }, false];
        else if (typos === best.typos && id !== best.id) isTied = true;
      }
    }
    if (best === null || isTied) return null;
    const limit = best.typos;
    return stops.some((stop) => editDistance(parts[0] ?? '', stop, limit) !== null) ? null : best.id;
  };
}

function stopWords(language: string): string[] {
  const stops = [...reservedWords(STRICTEST, [language])].flatMap(([word, { kind }]) =>
    kind === 'stop' ? [word] : [],
  );
  return [...stops, ...STOP_SLIPS];
}
