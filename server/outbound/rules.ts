import { countryOf } from '#shared/sms/calling-codes.ts';
import { countryName } from '../common/country-name.ts';
import type { ClaimedText } from './read-claimed.ts';
import type { Lane } from './lanes.ts';
import { quietNow } from './quiet.ts';
import type { Ruling } from './ruling.ts';
import { validMinutes } from './validity.ts';

const MINUTE = 60_000;

const UNDER_REVIEW =
  'Waits: what this person wrote may be a STOP. Somebody has to decide that in the Inbox first.';

const SENDERLESS = 'Not sent: the number that it was to come from was removed.';
const UNWANTED = 'Not sent: this person took back their consent before it went out.';

/** After a revocation one text may follow, and only within five minutes [47 CFR 64.1200(a)(12)]. */
const CONFIRMS_TOO_LATE =
  'Not sent: whoever says STOP is told so within five minutes or not at all, and those were over.';

/** Holds a claimed text against the rules that need no more than the text itself. Null: nothing keeps it. */
function rule(text: ClaimedText, now: number): Ruling | null {
  if (text.lane.from === null) return { status: 'failed', reason: SENDERLESS };
  if (text.unwanted) return { status: 'cancelled', reason: UNWANTED };
  if (text.frozen) return { status: 'queued', until: now + MINUTE, reason: UNDER_REVIEW };
  if (text.lateConfirmation) return { status: 'expired', reason: CONFIRMS_TOO_LATE };
  return tooOld(text, now) ?? abroad(text) ?? tooLong(text) ?? quietNow(text, now);
}

/** The rulings on those of many texts that something keeps. */
export function rulingsOn(texts: readonly ClaimedText[], now: number): Map<ClaimedText, Ruling> {
  const rulings = new Map<ClaimedText, Ruling>();
  for (const text of texts) {
    const ruling = rule(text, now);
    if (ruling) rulings.set(text, ruling);
  }
  return rulings;
}

function tooOld(text: ClaimedText, now: number): Ruling | null {
  const { queuedAt } = text;
  const minutes = validMinutes(text);
  if (now - queuedAt <= minutes * MINUTE) return null;
  return {
    status: 'expired',
    reason: `Not sent, for it would have come too late: it had waited for ${spanOf((now - queuedAt) / MINUTE)}, and is sent within ${spanOf(minutes)} or not at all.`,
  };
}

function spanOf(minutes: number): string {
  const whole = Math.floor(minutes);
  if (whole < 120) return `${whole} minutes`;
  return whole < 48 * 60 ? `${Math.floor(whole / 60)} hours` : `${Math.floor(whole / 1_440)} days`;
}

function abroad({ to, lane }: ClaimedText): Ruling | null {
  const country = countryOf(to);
  if (mayText(lane, country)) return null;
  const where =
    country === null ? 'a number whose country nobody can tell' : `this country (${countryName(country)})`;
  return {
    status: 'failed',
    reason: `Not sent: ${lane.from} may not text ${where}. Allow it under Settings, Senders, then send it again.`,
  };
}

function mayText({ limits: { destinations, country: own } }: Lane, country: string | null): boolean {
  if (destinations.includes('*')) return true;
  return country !== null && (destinations.length === 0 ? country === own : destinations.includes(country));
}

function tooLong({ segments, lane }: ClaimedText): Ruling | null {
  const { mostSegments } = lane.limits;
  if (segments <= mostSegments) return null;
  return {
    status: 'failed',
    reason: `Not sent: it is ${segments} parts long, and ${lane.from} sends texts of at most ${mostSegments}. Shorten it, or allow more under Settings, Senders.`,
  };
}
