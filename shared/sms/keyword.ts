import { assertNever } from '../assert-never.ts';
import { normalise, withoutWords, words } from './text.ts';

/** How a keyword is looked for, from the most to the least specific. */
export type MatchKind = 'exact' | 'first-word' | 'sub-keyword' | 'phrase' | 'contains';

/** Words, as somebody typed them, that lead to a target. */
export interface KeywordBinding<T> {
  readonly words: string;
  readonly match: MatchKind;
  readonly target: T;
}

/** A binding that a text meets. `rest` is the normalised text without `matched`: `join` + `please` of "Join, please". */
export interface KeywordMatch<T> {
  readonly binding: KeywordBinding<T>;
  readonly matched: string;
  readonly rest: string;
}

/** Prepared once a binding: its normalised words and its place in the order of definition. */
interface Entry<T> {
  readonly binding: KeywordBinding<T>;
  readonly words: readonly string[];
  readonly joined: string;
  readonly order: number;
}

/** One step of the tree of leading words. */
interface Branch<T> {
  next: Map<string, Branch<T>> | null;
  readonly entries: Entry<T>[];
}

// How many first characters of a `contains` keyword index it.
const STEM = 3;

const RANK: Record<MatchKind, number> = {
  exact: 0,
  'first-word': 1,
  'sub-keyword': 1,
  phrase: 2,
  contains: 3,
};

// Exact before leading words before phrase before contains; then more words, then longer, then defined first.
function byPreference<T>(a: Entry<T>, b: Entry<T>): number {
  return (
    RANK[a.binding.match] - RANK[b.binding.match] ||
    b.words.length - a.words.length ||
    b.joined.length - a.joined.length ||
    a.order - b.order
  );
}

/**
 * The keywords of one sender, ready to be asked millions of times: which of them does this text mean? `exact` is the whole
 * text, `first-word` and `sub-keyword` its leading words, `phrase` words in a row anywhere, `contains` characters
 * anywhere. The most specific wins: exact, then leading words, then phrase, then contains; among these the one with more
 * words, then the longer one, then the one defined first. A lookup costs as many steps as the text has words, however many
 * keywords there are. A new kind of match is a rank, a place to file its bindings, and a way to find them again.
 */
export class KeywordIndex<T> {
  readonly #exact = new Map<string, Entry<T>[]>();
  readonly #leading: Branch<T> = { next: null, entries: [] };
  readonly #phrases = new Map<string, Entry<T>[]>();
  readonly #contained = new Map<string, Entry<T>[]>();

  constructor(bindings: Iterable<KeywordBinding<T>>) {
    let order = 0;
    for (const binding of bindings) this.#add(binding, order++);
  }

  /** The binding that a normalised text means, or null. */
  find(text: string): KeywordMatch<T> | null {
    const parts = words(text);
    const entry =
      this.#exact.get(joined(parts))?.[0] ??
      this.#leadingBranches(parts).at(-1)?.entries[0] ??
      best(this.#phraseEntries(parts)) ??
      best(this.#containedEntries(text));
    return entry === undefined ? null : matchOf(entry, text, parts);
  }

  /** Every binding that a normalised text meets, the one `find` answers first. */
  candidates(text: string): KeywordMatch<T>[] {
    const parts = words(text);
    const entries = [
      ...(this.#exact.get(joined(parts)) ?? []),
      ...this.#leadingBranches(parts).flatMap((branch) => branch.entries),
      ...this.#phraseEntries(parts),
      ...this.#containedEntries(text),
    ];
    return entries.sort(byPreference).map((entry) => matchOf(entry, text, parts));
  }

  #add(binding: KeywordBinding<T>, order: number): void {
    const text = normalise(binding.words);
    const parts = words(text);
    const [first] = parts;
    if (first === undefined) return;
    const entry: Entry<T> = { binding, words: parts, joined: joined(parts), order };
    switch (binding.match) {
      case 'exact':
        push(this.#exact, entry.joined, entry);
        break;
      case 'first-word':
      case 'sub-keyword':
        branchOf(this.#leading, parts).entries.push(entry);
        break;
      case 'phrase':
        push(this.#phrases, first, entry);
        break;
      case 'contains':
        push(this.#contained, text.slice(0, STEM), { ...entry, joined: text });
        break;
      default:
        assertNever(binding.match);
    }
  }

  /** The branches with keywords that the leading words pass, shallow to deep. */
  #leadingBranches(parts: readonly string[]): Branch<T>[] {
    const passed: Branch<T>[] = [];
    let branch: Branch<T> | undefined = this.#leading;
    for (const part of parts) {
      branch = branch.next?.get(part);
      if (branch === undefined) break;
      if (branch.entries.length > 0) passed.push(branch);
    }
    return passed;
  }

  #phraseEntries(parts: readonly string[]): Entry<T>[] {
    if (this.#phrases.size === 0) return [];
    const met = new Set<Entry<T>>();
    parts.forEach((part, at) => {
      for (const entry of this.#phrases.get(part) ?? []) {
        if (entry.words.every((word, i) => parts[at + i] === word)) met.add(entry);
      }
    });
    return [...met];
  }

  #containedEntries(text: string): Entry<T>[] {
    if (this.#contained.size === 0) return [];
    const met = new Set<Entry<T>>();
    for (let at = 0; at < text.length; at++) {
      for (let length = 1; length <= STEM; length++) {
        for (const entry of this.#contained.get(text.slice(at, at + length)) ?? []) {
          if (text.startsWith(entry.joined, at)) met.add(entry);
        }
      }
    }
    return [...met];
  }
}

function joined(parts: readonly string[]): string {
  const [first = ''] = parts;
  return parts.length === 1 ? first : parts.join(' ');
}

function best<T>(entries: Entry<T>[]): Entry<T> | undefined {
  return entries.sort(byPreference)[0];
}

function push<T>(map: Map<string, Entry<T>[]>, key: string, entry: Entry<T>): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}

function branchOf<T>(root: Branch<T>, parts: readonly string[]): Branch<T> {
  let branch = root;
  for (const part of parts) {
    branch.next ??= new Map();
    let next = branch.next.get(part);
    if (next === undefined) {
      next = { next: null, entries: [] };
      branch.next.set(part, next);
    }
    branch = next;
  }
  return branch;
}

function matchOf<T>(entry: Entry<T>, text: string, parts: readonly string[]): KeywordMatch<T> {
  return { binding: entry.binding, matched: entry.joined, rest: restOf(entry, text, parts) };
}

function restOf<T>(entry: Entry<T>, text: string, parts: readonly string[]): string {
  const { match } = entry.binding;
  switch (match) {
    case 'exact':
      return '';
    case 'first-word':
    case 'sub-keyword':
      return afterLeading(entry, text, parts);
    case 'phrase':
      return withoutWords(text, indexOfPhrase(entry.words, parts), entry.words.length);
    case 'contains': {
      const at = text.indexOf(entry.joined);
      return `${text.slice(0, at).trimEnd()} ${text.slice(at + entry.joined.length).trimStart()}`.trim();
    }
    default:
      return assertNever(match);
  }
}

function afterLeading<T>(
  { words: { length }, joined: leading }: Entry<T>,
  text: string,
  parts: readonly string[],
): string {
  const next = parts[length];
  if (next === undefined) return '';
  // Nearly always the words stand one space apart, and what follows them is a slice.
  const plain = text.startsWith(leading) && text.startsWith(` ${next}`, leading.length);
  return plain ? text.slice(leading.length + 1) : withoutWords(text, 0, length);
}

function indexOfPhrase(phrase: readonly string[], parts: readonly string[]): number {
  return parts.findIndex((_, at) => phrase.every((word, i) => parts[at + i] === word));
}
