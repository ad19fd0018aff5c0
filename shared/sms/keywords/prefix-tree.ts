import { type Applies, bestOf, type Entry } from './entry.ts';

/** One step of the tree. */
interface Branch<T> {
  next: Map<string, Branch<T>> | null;
  readonly entries: Entry<T>[];
}

/**
 * Entries filed by a path: the words of a keyword, or its characters. A lookup walks as far as a text goes along, however many
 * entries there are.
 */
export class PrefixTree<T> {
  readonly #root: Branch<T> = { next: null, entries: [] };

  add(path: ArrayLike<string>, entry: Entry<T>): void {
    let branch = this.#root;
    for (let at = 0; at < path.length; at++) {
      const step = path[at] ?? '';
      branch.next ??= new Map();
      let next = branch.next.get(step);
      if (next === undefined) {
        next = { next: null, entries: [] };
        branch.next.set(step, next);
      }
      branch = next;
    }
    branch.entries.push(entry);
  }

  /** The entry with the longest path that a text begins with. */
  longest(path: ArrayLike<string>, applies: Applies<T> | undefined): Entry<T> | undefined {
    let found: Entry<T> | undefined;
    let branch: Branch<T> | undefined = this.#root;
    for (let at = 0; at < path.length; at++) {
      branch = branch.next?.get(path[at] ?? '');
      if (branch === undefined) break;
      if (branch.entries.length > 0) found = bestOf(branch.entries, applies) ?? found;
    }
    return found;
  }

  /** Every entry whose path a text goes along from a place on. */
  along(path: ArrayLike<string>, from = 0): Entry<T>[] {
    const met: Entry<T>[] = [];
    let branch: Branch<T> | undefined = this.#root;
    for (let at = from; at < path.length; at++) {
      branch = branch.next?.get(path[at] ?? '');
      if (branch === undefined) break;
      met.push(...branch.entries);
    }
    return met;
  }

  /** Every entry whose path stands somewhere in a text, each once. */
  anywhere(path: ArrayLike<string>): Iterable<Entry<T>> {
    if (this.#root.next === null) return [];
    const met = new Set<Entry<T>>();
    for (let from = 0; from < path.length; from++) {
      if (!this.#root.next.has(path[from] ?? '')) continue;
      for (const entry of this.along(path, from)) met.add(entry);
    }
    return met;
  }
}
