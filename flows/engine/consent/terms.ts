import { countryOf } from '#shared/sms/calling-codes.ts';
import type { ConsentCause } from '../effects.ts';
import type { ConsentState } from './list-consent.ts';

/** What a list asks for before it may text somebody, and for how long that holds. */
export interface ListTerms {
  /** `single`: one text joins; `double`: a second text has to confirm. */
  optIn: 'single' | 'double';
  /**
   * `express`: only people's own yes counts, and so it is where nothing is said; `implied`: what follows from something else,
   * such as a purchase, counts as well where its evidence was imported.
   */
  basis?: 'express' | 'implied';
  /** An express consent lapses so many days after it was given; null or left out: never. */
  lastsDays?: number | null;
  /** An implied one does. */
  impliedDays?: number | null;
  /** Only those count who answered that they are as old, in years. */
  minimumAge?: number | null;
}

/** The policy of a list. */
export interface ListPolicy extends ListTerms {
  /** A question to confirm lapses unanswered after so many hours; null or left out: never. */
  asksHours?: number | null;
  /** What differs for people whose number is of a country, by its code. */
  countries?: Readonly<Record<string, Partial<ListTerms>>> | null;
}

/** How somebody stands to a list, with what that rests on. */
export interface HeldConsent {
  state: ConsentState;
  because: ConsentCause | null;
  /** When it began, or was given, in milliseconds since 1970; left out where nobody knows. */
  since?: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The terms of a list for a person, by the country of their number. */
export function policyFor(policy: ListPolicy, phone: string): ListPolicy {
  if (!policy.countries) return policy;
  const country = countryOf(phone);
  const own = country === null ? undefined : policy.countries[country];
  return own ? { ...policy, ...own } : policy;
}

/** When a consent lapses by the terms for its person, in milliseconds since 1970; null where it does not. */
export function lapsesAt({ state, because, since }: HeldConsent, terms: ListPolicy): number | null {
  if (since === undefined) return null;
  if (state === 'pending') return terms.asksHours == null ? null : since + terms.asksHours * HOUR_MS;
  if (state !== 'confirmed') return null;
  if (because === 'implied' && terms.basis !== 'implied') return since;
  const days =
    because === 'undone' ? shorter(terms) : because === 'implied' ? terms.impliedDays : terms.lastsDays;
  return days == null ? null : since + days * DAY_MS;
}

/** What somebody of ours gave back may have been an implied consent: that the person did not say so themselves is never forgotten. */
function shorter({ basis, impliedDays, lastsDays }: ListPolicy): number | null {
  const days = [lastsDays, basis === 'implied' ? impliedDays : null].filter((one) => one != null);
  return days.length === 0 ? null : Math.min(...days);
}

/** What a consent counts for at this moment: one that is over by its terms has lapsed, whether or not anybody noted it. */
export function consentNow(held: HeldConsent | undefined, terms: ListPolicy, now: number): ConsentState {
  if (!held) return 'none';
  const until = lapsesAt(held, terms);
  return until !== null && until <= now ? 'expired' : held.state;
}
