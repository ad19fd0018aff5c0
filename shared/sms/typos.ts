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
  const typos = editDistance(typed, word, typosForgiven(word));
  return typos !== null && digitsOf(typed) === digitsOf(word) ? typos : null;
}

const digitsOf = (word: string): string => word.replace(/\P{N}+/gu, '');

/**
 * The smallest number of letters to add, drop, change or swap with their neighbour that turns one word into the other, or null
 * when that takes more than `limit` (Damerau and Levenshtein; nothing is edited twice). Letters are UTF-16 units.
 */
export function editDistance(a: string, b: string, limit: number): number | null {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return null;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) edits = Math.min(edits, at(beforeLast, column - 2) + 1);
      current.push(edits);
      least = Math.min(least, edits);
    }
    // No later row gets below this one: a swap reaches over it, but costs an edit too.
    if (least > limit) return null;
    beforeLast = last;
    last = current;
  }
  const edits = at(last, b.length);
  return edits <= limit ? edits : null;
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
