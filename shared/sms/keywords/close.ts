import type { KeywordMatch } from './binding.ts';
import { editDistance, typosForgiven, typosWithin } from '../typos.ts';
import { withoutWords } from '../text.ts';
import { DeletionIndex } from './deletion-index.ts';
import { type Applies, type Entry, scoreOf } from './entry.ts';

/** What a slip of the thumb may have meant besides a keyword, and which keywords mean the same. */
export interface CloseOptions<T> {
  /** Words that are no keywords but have a meaning as a whole text, normalised: a slip that may be one of them is nobody's. */
  readonly rivals: readonly string[];
  readonly alike: (a: T, b: T) => boolean;
}

interface Forgiving<T> {
  readonly entry: Entry<T>;
  readonly text: string;
  readonly typos: 1 | 2;
}

/** The leading words that an entry is taken to be meant by, so many typos away; what is typed right is not told here. */
interface Slip<T> {
  readonly entry: Entry<T>;
  readonly typos: number;
  /** How many words of the text it takes: a space may be the typo. */
  readonly taken: number;
  readonly score: number;
}

/** Keywords that forgive typos. The index is built by the first text that nothing else matches. */
export class CloseWords<T> {
  readonly #words: Forgiving<T>[] = [];
  readonly #options: CloseOptions<T>;
  #index: DeletionIndex | null = null;
  #mostTypos: 1 | 2 = 1;
  #longest = 0;

  constructor(options: CloseOptions<T>) {
    this.#options = options;
  }

  add(entry: Entry<T>): void {
    const typos = typosForgiven(entry.joined);
    if (typos === 0) return;
    this.#words.push({ entry, text: entry.joined, typos });
    if (typos === 2) this.#mostTypos = 2;
    this.#longest = Math.max(this.#longest, entry.joined.length + typos);
  }

  /** The one keyword that is meant by the beginning of a text with a typo in it; null if there may be another. */
  find(text: string, parts: readonly string[], applies: Applies<T> | undefined): KeywordMatch<T> | null {
    if (this.#words.length === 0) return null;
    const slips = this.#slips(parts).filter(
      ({ entry }) => applies === undefined || applies(entry.binding.target),
    );
    const [best] = slips;
    if (best === undefined || this.#isAmbiguous(best, slips, text)) return null;
    return matchOf(best, text, parts);
  }

  /** Every keyword that may be meant, the likeliest first. */
  met(text: string, parts: readonly string[]): KeywordMatch<T>[] {
    return this.#words.length === 0 ? [] : this.#slips(parts).map((slip) => matchOf(slip, text, parts));
  }

  /** Another keyword as near and of as many words, or a reserved word as near, makes a slip anybody's guess. */
  #isAmbiguous(best: Slip<T>, slips: readonly Slip<T>[], text: string): boolean {
    const { rivals, alike } = this.#options;
    const { target } = best.entry.binding;
    return (
      slips.some(
        ({ entry, typos }) =>
          typos === best.typos &&
          entry.words.length === best.entry.words.length &&
          !alike(entry.binding.target, target),
      ) || rivals.some((rival) => editDistance(text, rival, best.typos) !== null)
    );
  }

  #slips(parts: readonly string[]): Slip<T>[] {
    this.#index ??= new DeletionIndex(this.#words);
    const nearest = new Map<Entry<T>, Slip<T>>();
    let beginning = '';
    for (let taken = 1; taken <= parts.length; taken++) {
      beginning = taken === 1 ? (parts[0] ?? '') : `${beginning} ${parts[taken - 1]}`;
      if (beginning.length > this.#longest) break;
      for (const number of this.#index.near(beginning, this.#mostTypos)) {
        const slip = slipOf(this.#words[number], beginning, taken);
        const known = slip && nearest.get(slip.entry);
        if (slip && (known === undefined || isNearer(slip, known))) nearest.set(slip.entry, slip);
      }
    }
    return [...nearest.values()]
      .filter(({ typos }) => typos > 0)
      .sort((a, b) => b.score - a.score || a.entry.order - b.entry.order);
  }
}

function slipOf<T>(word: Forgiving<T> | undefined, beginning: string, taken: number): Slip<T> | undefined {
  const typos = word && typosWithin(beginning, word.text, word.typos);
  if (!word || typos == null) return undefined;
  const { entry } = word;
  return { entry, typos, taken, score: scoreOf('close', entry.words.length, entry.joined.length, typos) };
}

/** Fewer typos, then as many words as the keyword has. */
function isNearer<T>(a: Slip<T>, b: Slip<T>): boolean {
  const wanted = a.entry.words.length;
  return (a.typos - b.typos || Math.abs(a.taken - wanted) - Math.abs(b.taken - wanted)) < 0;
}

function matchOf<T>(
  { entry, typos, taken, score }: Slip<T>,
  text: string,
  parts: readonly string[],
): KeywordMatch<T> {
  const rest = taken === parts.length ? '' : withoutWords(text, 0, taken);
  return { binding: entry.binding, matched: entry.joined, rest, score, typos };
}
