/** How a keyword is looked for, from the most to the least specific. */
export type MatchKind = 'exact' | 'first-word' | 'sub-keyword' | 'phrase' | 'contains' | 'pattern' | 'close';

/** Words, as somebody typed them, that lead to a target. For a `pattern` they are a regular expression. */
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
  /** How specific the match is; the highest wins. */
  readonly score: number;
  /** How many typos were forgiven. */
  readonly typos: number;
}
