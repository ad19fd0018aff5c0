import type { Country } from '../calling-codes.ts';

/** What a country asks of whoever lets people enter a prize draw. Data, so that a change of law is a change of data. */
export interface ContestNote {
  readonly country: Country;
  /** In a sentence for whoever sets up a contest. */
  readonly because: string;
  readonly by: string;
  readonly source: string;
  /** The day on which the source was last read (ISO 8601). */
  readonly asOf: string;
  /** From memory, not read in the source: confirm before relying on it. */
  readonly recalled?: true;
}

/** The countries with rules of their own. */
const CONTEST_NOTES: readonly ContestNote[] = [
  {
    country: 'GB',
    because:
      'A prize draw needs a free way in, and winners drawn by a computer process that is verifiably random, or before somebody independent.',
    by: 'CAP Code 8.24',
    source: 'https://www.asa.org.uk/type/non_broadcast/code_section/08.html',
    asOf: '2026-11-22',
    recalled: true,
  },
  {
    country: 'US',
    because:
      'A sweepstakes needs a free way in with the same chances. New York and Florida want it registered where prizes are worth more than $5,000.',
    by: 'N.Y. Gen. Bus. Law § 369-e, Fla. Stat. § 849.094',
    source: 'https://www.nysenate.gov/legislation/laws/GBS/369-E',
    asOf: '2026-11-22',
    recalled: true,
  },
  {
    country: 'CA',
    because: 'Whoever is drawn has to answer a question of skill, such as a sum, before the prize is theirs.',
    by: 'Criminal Code s. 206',
    source: 'https://laws-lois.justice.gc.ca/eng/acts/c-46/section-206.html',
    asOf: '2026-11-22',
    recalled: true,
  },
];

/** The notes on these countries; on all of them where a contest is for everybody. */
export const contestNotes = (countries: readonly string[]): readonly ContestNote[] =>
  CONTEST_NOTES.filter(({ country }) => countries.length === 0 || countries.includes(country));
