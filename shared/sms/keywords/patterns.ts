import { RE2Set } from 're2js';
import { PATTERN_FLAGS, type Pattern, readByPatterns, readPattern } from '../pattern.ts';
import type { Entry } from './entry.ts';

/** Keywords that are regular expressions: one automaton reads a text once for all of them. */
export class Patterns<T> {
  readonly #all: { readonly entry: Entry<T>; readonly pattern: Pattern }[] = [];
  #set: RE2Set | null = null;

  /** Takes a pattern in; one that cannot be read matches nothing. */
  add(entry: Entry<T>): void {
    const pattern = readPattern(entry.joined);
    if ('find' in pattern) this.#all.push({ entry, pattern });
  }

  /** Every entry whose pattern stands somewhere in the text. */
  met(text: string): Entry<T>[] {
    if (this.#all.length === 0) return [];
    this.#set ??= this.#put();
    return this.#set.match(readByPatterns(text)).flatMap((number) => this.#all[number]?.entry ?? []);
  }

  /** What of the text the pattern of a met entry took. */
  span(entry: Entry<T>, text: string): { from: number; to: number } {
    return this.#all.find((one) => one.entry === entry)?.pattern.find(text) ?? { from: 0, to: 0 };
  }

  #put(): RE2Set {
    const set = new RE2Set(RE2Set.UNANCHORED, PATTERN_FLAGS);
    for (const { pattern } of this.#all) set.add(pattern.source);
    set.compile();
    return set;
  }
}
