import type { Trigger } from './schema.ts';

/** When and for whom a trigger counts. Times are milliseconds since 1970. */
export interface Terms {
  from: number;
  until: number;
  /** Only for known numbers, only for unknown ones, or null for both. */
  known: boolean | null;
}

/** Why a trigger does not count for a text: its time, or whose number it came from. */
export type OutOfTerms = 'too-early' | 'too-late' | 'known-number' | 'unknown-number';

/** The terms of a trigger, or null where it counts always and for everybody. */
export function termsOf({ from, until, known }: Pick<Trigger, 'from' | 'until' | 'known'>): Terms | null {
  const who = known === undefined || known === 'any' ? null : known === 'known';
  if (from === undefined && until === undefined && who === null) return null;
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    until: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    known: who,
  };
}

/** Why terms are not met, or null when they are. Without a `now`, whatever the time. */
export function outOfTerms(
  terms: Terms | null,
  { known, now }: { known: boolean; now?: number | undefined },
): OutOfTerms | null {
  if (terms === null) return null;
  if (terms.known !== null && terms.known !== known) return known ? 'known-number' : 'unknown-number';
  if (now === undefined) return null;
  if (now < terms.from) return 'too-early';
  return now < terms.until ? null : 'too-late';
}

/** Whether some text meets both terms. */
export function termsMeet(a: Terms | null, b: Terms | null): boolean {
  if (a === null || b === null) return true;
  if (a.known !== null && b.known !== null && a.known !== b.known) return false;
  return a.from < b.until && b.from < a.until;
}

/** Whether a text to some sender concerns both triggers. */
export const sendersMeet = (a: string, b: string): boolean => a === b || a === '*' || b === '*';
