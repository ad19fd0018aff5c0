import type { Country } from '../calling-codes.ts';

/** Words that somebody with a say reserves, and where that is written. Data, so that a change of law is a change of data. */
export interface WordSet {
  readonly words: readonly string[];
  /** Who names them. */
  readonly by: string;
  readonly source: string;
  /** The day on which the source was last read (ISO 8601). */
  readonly asOf: string;
  /** From memory, not read in the source: confirm before relying on it. */
  readonly recalled?: true;
  /** A keyword or answer of the author's that names one of these words goes first. */
  readonly yields?: true;
}

/** Reserved words by what they ask for. */
export interface ReservedSets {
  readonly stop: readonly WordSet[];
  readonly start: readonly WordSet[];
  readonly help: readonly WordSet[];
}

/** What a country asks of the SMS programs of its senders. */
export interface CountryRules extends ReservedSets {
  /** ISO 3166 alpha-2, or null for the rules of every other country. */
  readonly country: Country | null;
  readonly name: string;
  /** Words that revoke consent by themselves under the law, which no author may offer as an answer. */
  readonly revokesByLaw: readonly WordSet[];
  /** Words at which the network of toll-free numbers stops people by itself, and tells them; left out where it does not. */
  readonly tollFreeStops?: readonly WordSet[];
  /** A sentence that the HELP answer and the first message must carry, by language; empty where none is asked. */
  readonly chargesNotice: Readonly<Record<string, string>>;
}
