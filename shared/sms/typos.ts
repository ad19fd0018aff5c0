/** From how many letters on a word may hold one typo, and two. Shorter words are too easily another word. */
const LETTERS_FOR_ONE = 5;
const LETTERS_FOR_TWO = 9;

/** How many typos a normalised word or phrase forgives: none, one from 5 letters, two from 9. Spaces and signs are no letters. */
export function typosForgiven(word: string): 0 | 1 | 2 {
  const letters = word.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters >= LETTERS_FOR_TWO ? 2 : letters >= LETTERS_FOR_ONE ? 1 : 0;
}

/**
 * How many typos lie between what somebody typed and a word, both normalised, or null when it is another word: too many typos
 * for its length, or other digits, for OFFER66 and OFFER99 are never a slip of one another.
 */
export function typosBetween(typed: string, word: string): number | null {
  return typosWithin(typed, word, typosForgiven(word));
}

/** The same where it is known already how many typos the word forgives. */
export function typosWithin(typed: string, word: string, forgiven: number): number | null {
  const typos = editDistance(typed, word, forgiven);
  return typos !== null && digitsOf(typed) === digitsOf(word) ? typos : null;
}

const digitsOf = (word: string): string => word.replace(/\P{N}+/gu, '');

/**
 * The smallest number of letters to add, drop, change or swap with their neighbour that turns one word into the other, or null
 * when that takes more than `limit`, which is small (Damerau and Levenshtein; nothing is edited twice). Letters are UTF-16 units.
 */
export function editDistance(a: string, b: string, limit: number): number | null {
  for (let edits = Math.abs(a.length - b.length); edits <= limit; edits++) {
    if (isWithin(edits, a, 0, b, 0)) return edits;
  }
  return null;
}

/** Whether so many edits turn what is left of one word into what is left of the other: at the first letter that differs, each is tried. */
function isWithin(edits: number, a: string, aFrom: number, b: string, bFrom: number): boolean {
  let [i, j] = [aFrom, bFrom];
  while (i < a.length && j < b.length && a.charCodeAt(i) === b.charCodeAt(j)) {
    i++;
    j++;
  }
  const aLeft = a.length - i;
  const bLeft = b.length - j;
  if (aLeft === 0 || bLeft === 0) return aLeft + bLeft <= edits;
  if (edits === 0 || Math.abs(aLeft - bLeft) > edits) return false;
  const isSwapped = a.charCodeAt(i) === b.charCodeAt(j + 1) && a.charCodeAt(i + 1) === b.charCodeAt(j);
  return (
    (isSwapped && isWithin(edits - 1, a, i + 2, b, j + 2)) ||
    isWithin(edits - 1, a, i + 1, b, j + 1) ||
    isWithin(edits - 1, a, i + 1, b, j) ||
    isWithin(edits - 1, a, i, b, j + 1)
  );
}
