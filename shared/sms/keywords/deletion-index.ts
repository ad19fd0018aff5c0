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
    const hashes = new Uint32Array(words.reduce((sum, { text, typos }) => sum + count(text, typos), 0));
    let written = 0;
    for (const { text, typos } of words) written = hashRemainders(text, typos, hashes, written);
    const buckets = 2 ** Math.ceil(Math.log2(hashes.length + 1));
    this.#mask = buckets - 1;
    this.#starts = endsOfBuckets(hashes, buckets);
    this.#numbers = new Uint32Array(hashes.length);
    // Each bucket is filled from its end, which makes its end its start.
    let read = 0;
    words.forEach(({ text, typos }, number) => {
      for (let left = count(text, typos); left > 0; left--) {
        const bucket = (hashes[read++] ?? 0) & this.#mask;
        const place = (this.#starts[bucket] ?? 0) - 1;
        this.#starts[bucket] = place;
        this.#numbers[place] = number;
      }
    });
  }

  /** The numbers of all words that may be meant by a text with at most so many typos, and of a few others by chance. */
  near(text: string, typos: 1 | 2): Set<number> {
    const found = new Set<number>();
    const hashes = new Uint32Array(count(text, typos));
    hashRemainders(text, typos, hashes, 0);
    for (const hash of hashes) {
      const bucket = hash & this.#mask;
      const end = this.#starts[bucket + 1] ?? 0;
      for (let at = this.#starts[bucket] ?? 0; at < end; at++) found.add(this.#numbers[at] ?? 0);
    }
    return found;
  }
}

/** How many remainders a word has: itself, and what is left without one or two of its letters. */
const count = ({ length }: string, drops: 1 | 2): number =>
  1 + length + (drops === 1 ? 0 : (length * (length - 1)) / 2);

function endsOfBuckets(hashes: Uint32Array, buckets: number): Uint32Array {
  const ends = new Uint32Array(buckets + 1);
  for (const hash of hashes) {
    const bucket = hash & (buckets - 1);
    ends[bucket] = (ends[bucket] ?? 0) + 1;
  }
  let total = 0;
  for (let bucket = 0; bucket <= buckets; bucket++) {
    total += ends[bucket] ?? 0;
    ends[bucket] = total;
  }
  return ends;
}

const BASE = 0x01000193;

/**
 * Writes the hashes of all remainders of a word behind `at`, and says where it stopped. A hash is a polynomial in BASE of the
 * letters, so that what is left without some of them is put together from the hashes of the stretches between.
 */
function hashRemainders(word: string, drops: 1 | 2, into: Uint32Array, at: number): number {
  const { length } = word;
  const beginnings = new Int32Array(length + 1);
  const powers = new Int32Array(length + 1);
  powers[0] = 1;
  for (let i = 0; i < length; i++) {
    beginnings[i + 1] = Math.imul(beginnings[i] ?? 0, BASE) + word.charCodeAt(i) + 1;
    powers[i + 1] = Math.imul(powers[i] ?? 0, BASE);
  }
  /** The hash of what has the hash `before`, with the letters from one place to another behind it. */
  const append = (before: number, from: number, to: number): number => {
    const power = powers[to - from] ?? 0;
    return Math.imul(before - (beginnings[from] ?? 0), power) + (beginnings[to] ?? 0);
  };
  let next = at;
  into[next++] = mixed(beginnings[length] ?? 0);
  for (let first = 0; first < length; first++) {
    const before = beginnings[first] ?? 0;
    into[next++] = mixed(append(before, first + 1, length));
    if (drops === 1) continue;
    for (let second = first + 1; second < length; second++) {
      into[next++] = mixed(append(append(before, first + 1, second), second + 1, length));
    }
  }
  return next;
}

/** Spreads a hash over all its bits, so that its low ones can be used alone (the end of MurmurHash3). */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
