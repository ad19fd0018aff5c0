import { withoutWords } from '../text.ts';
import { type Applies, bestOf, type Entry } from './entry.ts';

/** One step of the tree of leading words. */
interface Branch<T> {
  next: Map<string, Branch<T>> | null;
  readonly entries: Entry<T>[];
}

/** Keywords that a text has to begin with: a tree of words, so that a lookup is as long as the text's beginning. */
export class LeadingWords<T> {
  readonly #root: Branch<T> = { next: null, entries: [] };

  add(entry: Entry<T>): void {
    let branch = this.#root;
    for (const word of entry.words) {
      branch.next ??= new Map();
      let next = branch.next.get(word);
      if (next === undefined) {
        next = { next: null, entries: [] };
        branch.next.set(word, next);
      }
      branch = next;
    }
    branch.entries.push(entry);
  }

  /** The entry with the most leading words of the text. */
  find(parts: readonly string[], applies: Applies<T> | undefined): Entry<T> | undefined {
    let found: Entry<T> | undefined;
    let branch: Branch<T> | undefined = this.#root;
    for (const part of parts) {
      branch = branch.next?.get(part);
      if (branch === undefined) break;
      found = bestOf(branch.entries, applies) ?? found;
    }
    return found;
  }

  /** Every entry whose words the text begins with. */
  met(parts: readonly string[]): Entry<T>[] {
    const met: Entry<T>[] = [];
    let branch: Branch<T> | undefined = this.#root;
    for (const part of parts) {
      branch = branch.next?.get(part);
      if (branch === undefined) break;
      met.push(...branch.entries);
    }
    return met;
  }
}

/** What stands behind the leading words of a keyword. */
export function afterLeading<T>(
  { words: { length }, joined }: Entry<T>,
  text: string,
  parts: readonly string[],
): string {
  const next = parts[length];
  if (next === undefined) return '';
  // Nearly always the words stand one space apart, and what follows them is a slice.
  const plain = text.startsWith(joined) && text.startsWith(` ${next}`, joined.length);
  return plain ? text.slice(joined.length + 1) : withoutWords(text, 0, length);
}
