import { assertNever } from '../assert-never.ts';
import type { KeywordBinding, KeywordMatch } from './keywords/binding.ts';
import { type CloseOptions, CloseWords } from './keywords/close.ts';
import {
  type Applies,
  bestOf,
  byPreference,
  type Entry,
  fileUnder,
  matchOf,
  scoreOf,
} from './keywords/entry.ts';
import { Patterns } from './keywords/patterns.ts';
import { PrefixTree } from './keywords/prefix-tree.ts';
import { afterLeading, without, withoutPhrase } from './keywords/rest.ts';
import { normalise, words } from './text.ts';

/**
 * The keywords of one sender, ready to be asked millions of times: which of them does this text mean? `exact` is the whole
 * text, `first-word` and `sub-keyword` its leading words, `phrase` words in a row anywhere, `contains` characters anywhere,
 * `pattern` a regular expression that stands somewhere in it, `close` leading words of which one has a typo or two. The most
 * specific wins, in that order; among the same kind fewer typos, then more words, then the longer one, then the one defined
 * first. A typo counts only where no other keyword is as near. A lookup costs as many steps as the text has words, however
 * many keywords there are.
 */
export class KeywordIndex<T> {
  readonly #exact = new Map<string, Entry<T>[]>();
  /** By words. */
  readonly #leading = new PrefixTree<T>();
  readonly #phrases = new PrefixTree<T>();
  /** By characters. */
  readonly #contained = new PrefixTree<T>();
  readonly #patterns = new Patterns<T>();
  readonly #close: CloseWords<T>;

  constructor(bindings: Iterable<KeywordBinding<T>>, options: Partial<CloseOptions<T>> = {}) {
    this.#close = new CloseWords({ rivals: [], alike: Object.is, ...options });
    let order = 0;
    for (const binding of bindings) this.#add(binding, order++);
  }

  /** The binding that a normalised text means, of those that apply, or null. */
  find(text: string, applies?: Applies<T>): KeywordMatch<T> | null {
    const parts = words(text);
    const entry =
      bestOf(this.#exact.get(joined(parts)) ?? [], applies) ??
      this.#leading.longest(parts, applies) ??
      bestOf(this.#phrases.anywhere(parts), applies) ??
      bestOf(this.#contained.anywhere(text), applies) ??
      bestOf(this.#patterns.met(text), applies);
    return entry === undefined ? this.#close.find(text, parts, applies) : this.#matchOf(entry, text, parts);
  }

  /** Every binding that a normalised text meets, whether it applies or not, the most specific first. */
  candidates(text: string): KeywordMatch<T>[] {
    const parts = words(text);
    const entries = [
      ...(this.#exact.get(joined(parts)) ?? []),
      ...this.#leading.along(parts),
      ...this.#phrases.anywhere(parts),
      ...this.#contained.anywhere(text),
      ...this.#patterns.met(text),
    ];
    const typedRight = entries.sort(byPreference).map((entry) => this.#matchOf(entry, text, parts));
    return [...typedRight, ...this.#close.met(text, parts)];
  }

  #add(binding: KeywordBinding<T>, order: number): void {
    const entry = entryOf(binding, order);
    if (entry === null) return;
    switch (binding.match) {
      case 'exact':
        fileUnder(this.#exact, entry.joined, entry);
        break;
      case 'first-word':
      case 'sub-keyword':
        this.#leading.add(entry.words, entry);
        break;
      case 'phrase':
        this.#phrases.add(entry.words, entry);
        break;
      case 'contains':
        this.#contained.add(entry.joined, entry);
        break;
      case 'pattern':
        this.#patterns.add(entry);
        break;
      case 'close':
        this.#leading.add(entry.words, entry);
        this.#close.add(entry);
        break;
      default:
        assertNever(binding.match);
    }
  }

  #matchOf(entry: Entry<T>, text: string, parts: readonly string[]): KeywordMatch<T> {
    const { match } = entry.binding;
    switch (match) {
      case 'exact':
        return matchOf(entry, entry.joined, '');
      case 'first-word':
      case 'sub-keyword':
      case 'close':
        return matchOf(entry, entry.joined, afterLeading(entry, text, parts));
      case 'phrase':
        return matchOf(entry, entry.joined, withoutPhrase(entry, text, parts));
      case 'contains': {
        const from = text.indexOf(entry.joined);
        return matchOf(entry, entry.joined, without(text, from, from + entry.joined.length));
      }
      case 'pattern': {
        const { from, to } = this.#patterns.span(entry, text);
        return matchOf(entry, text.slice(from, to), without(text, from, to));
      }
      default:
        return assertNever(match);
    }
  }
}

/** What a binding is filed as; null where its words hold nothing that can be texted. */
function entryOf<T>(binding: KeywordBinding<T>, order: number): Entry<T> | null {
  const { match, words: typed } = binding;
  if (match === 'pattern') {
    return { binding, words: [], joined: typed, score: scoreOf(match, 0, typed.length), order };
  }
  const text = normalise(typed);
  const parts = words(text);
  if (parts.length === 0) return null;
  const filed = match === 'contains' ? text : joined(parts);
  return { binding, words: parts, joined: filed, score: scoreOf(match, parts.length, filed.length), order };
}

function joined(parts: readonly string[]): string {
  const [first = ''] = parts;
  return parts.length === 1 ? first : parts.join(' ');
}
