import type { Country } from '../calling-codes.ts';

/** What is usual for consent to marketing by text in a country. Data, so that a change of law is a change of data. */
export interface UsualTerms {
  readonly country: Country;
  readonly optIn: 'single' | 'double';
  readonly basis: 'express' | 'implied';
  /** After how many days an express and an implied consent lapse; null: never. */
  readonly lastsDays: number | null;
  readonly impliedDays: number | null;
  /** In a sentence for whoever sets up a list. */
  readonly because: string;
  readonly by: string;
  readonly source: string;
  /** The day on which the source was last read (ISO 8601). */
  readonly asOf: string;
  /** From memory, not read in the source: confirm before relying on it. */
  readonly recalled?: true;
}

const YEAR = 365;

/** The countries with customs of their own. Elsewhere a list's own terms hold. */
const USUAL_TERMS: readonly UsualTerms[] = [
  {
    country: 'CA',
    optIn: 'single',
    basis: 'implied',
    lastsDays: null,
    impliedDays: 2 * YEAR,
    because: 'A purchase is implied consent for two years, an enquiry for six months; express consent lasts.',
    by: 'CASL, section 10',
    source: 'https://laws-lois.justice.gc.ca/eng/acts/e-1.6/page-2.html',
    asOf: '2026-11-22',
    recalled: true,
  },
  {
    country: 'DE',
    optIn: 'double',
    basis: 'express',
    lastsDays: 2 * YEAR,
    impliedDays: null,
    because:
      'Only a double opt-in proves consent before the courts, and one that is not used for long lapses.',
    by: 'UWG § 7 and § 7a, BGH I ZR 164/09',
    source: 'https://www.gesetze-im-internet.de/uwg_2004/__7.html',
    asOf: '2026-11-22',
    recalled: true,
  },
  {
    country: 'FR',
    optIn: 'single',
    basis: 'express',
    lastsDays: 3 * YEAR,
    impliedDays: 3 * YEAR,
    because: 'People have to agree first, and are forgotten three years after they were last heard of.',
    by: 'CPCE L34-5, CNIL',
    source: 'https://www.cnil.fr/fr/la-prospection-commerciale-par-sms-mms',
    asOf: '2026-11-22',
    recalled: true,
  },
  {
    country: 'GB',
    optIn: 'single',
    basis: 'implied',
    lastsDays: null,
    impliedDays: null,
    because: 'Customers may get texts about similar products until they opt out (soft opt-in).',
    by: 'PECR, regulation 22(3)',
    source: 'https://www.legislation.gov.uk/uksi/2003/2426/regulation/22',
    asOf: '2026-11-22',
    recalled: true,
  },
  {
    country: 'US',
    optIn: 'single',
    basis: 'express',
    lastsDays: null,
    impliedDays: null,
    because: 'Marketing by text takes prior express written consent.',
    by: 'FCC, 47 CFR 64.1200(a)(2)',
    source: 'https://www.ecfr.gov/current/title-47/section-64.1200',
    asOf: '2026-11-21',
  },
];

/** What is usual in a country, or null where nothing is known. */
export const usualTerms = (country: Country): UsualTerms | null =>
  USUAL_TERMS.find((terms) => terms.country === country) ?? null;
