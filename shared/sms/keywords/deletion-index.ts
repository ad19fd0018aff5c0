/** A word to be found in spite of typos: one that differs in more than `typos` edits is another word. */
export interface ForgivingWord {
  readonly text: string;
  readonly typos: 1 | 2;
}

/**
 * Finds the words that may lie within a few typos of a text without looking at the others: two words are so many edits apart
 * only if dropping so many letters from each can leave the same. Every such remainder of every word is filed by its hash in two
 * flat arrays, some 20 numbers for a short word and 60 for a long one.
 */
export class DeletionIndex {
  /** The words with hash h are those numbered in `numbers` from `starts[h]` to `starts[h + 1]`. */
  readonly #starts: Uint32Array;
  readonly #numbers: Uint32Array;
  readonly #mask: number;

  constructor(words: readonly ForgivingWord[]) {
    let count = 0;
    for (const { text, typos } of words) forEachRemainder(text, typos, () => count++);
    const buckets = 2 ** Math.ceil(Math.log2(count + 1));
    this.#mask = buckets - 1;
    this.#starts = new Uint32Array(buckets + 1);
    this.#numbers = new Uint32Array(count);
    this.#fill(words);
  }

  /** The numbers of all words that may be meant by a text with at most so many typos, and of a few others by chance. */
  near(text: string, typos: 1 | 2): Set<number> {
    const found = new Set<number>();
    forEachRemainder(text, typos, (hash) => {
      const bucket = hash & this.#mask;
      const end = this.#starts[bucket + 1] ?? 0;
      for (let at = this.#starts[bucket] ?? 0; at < end; at++) found.add(this.#numbers[at] ?? 0);
    });
    return found;
  }

  /** Counts what each bucket will hold, gives each its stretch, then fills it from its end. */
  #fill(words: readonly ForgivingWord[]): void {
    const starts = this.#starts;
    for (const { text, typos } of words) {
      forEachRemainder(text, typos, (hash) => bump(starts, hash & this.#mask, 1));
    }
    let total = 0;
    for (let bucket = 0; bucket < starts.length; bucket++) {
      total += starts[bucket] ?? 0;
      starts[bucket] = total;
    }
    words.forEach(({ text, typos }, number) => {
      forEachRemainder(text, typos, (hash) => {
        this.#numbers[bump(starts, hash & this.#mask, -1)] = number;
      });
    });
  }
}

function bump(counts: Uint32Array, at: number, by: number): number {
  const after = (counts[at] ?? 0) + by;
  counts[at] = after;
  return after;
}

/** Visits the hash of the word and of all that is left of it without one or two letters. */
function forEachRemainder(word: string, drops: 1 | 2, visit: (hash: number) => void): void {
  visit(hashOf(word, -1, -1));
  for (let first = 0; first < word.length; first++) {
    visit(hashOf(word, first, -1));
    if (drops === 1) continue;
    for (let second = first + 1; second < word.length; second++) visit(hashOf(word, first, second));
  }
}

/** FNV-1a of a word without the letters at two places, mixed so that its low bits can be used alone. */
function hashOf(word: string, without: number, orAlso: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) {
    if (at !== without && at !== orAlso) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
