import { answerMatcher, noWords, yesWords } from '../engine/classify.ts';

/** Signs that people text instead of a word. */
const YES_SIGNS = ['👍', '✅', '✔', '🙋', '👌'];
const NO_SIGNS = ['👎', '❌', '✖', '🙅'];

const matchers = new Map<string, (normalised: string) => string | null>();

/** Whether a normalised reply says yes or no in a language, or begins with it ("yes please", "non merci"); null where neither. */
export function yesOrNo(normalised: string, language: string): 'yes' | 'no' | null {
  let match = matchers.get(language);
  if (!match) {
    match = answerMatcher([
      { id: 'yes', words: [...yesWords(language), ...YES_SIGNS] },
      { id: 'no', words: [...noWords(language), ...NO_SIGNS] },
    ]);
    if (matchers.size < 200) matchers.set(language, match);
  }
  const found = match(normalised);
  return found === 'yes' || found === 'no' ? found : null;
}
