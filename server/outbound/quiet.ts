import { clocksOf } from '#flows/engine/contact-clocks.ts';
import { type OffsetAt, openAt } from '#flows/engine/opening-hours.ts';
import { countryOf } from '#shared/sms/calling-codes.ts';
import { holidaysOf, type QuietRule, quietHoursOf } from '#shared/sms/countries/quiet-hours.ts';
import { ZONES } from '../common/zones.ts';
import type { Lane } from './lanes.ts';
import type { ClaimedText } from './read-claimed.ts';
import type { Ruling } from './ruling.ts';

/** A person who texted so lately is awake: what answers them is no intrusion. */
const AWAKE_MS = 10 * 60_000;
/** Where no opening is found in two months, it is looked for again after this. */
const LATER_MS = 24 * 60 * 60_000;

/** What of a text says when it may come. */
export type Timed = Pick<
  ClaimedText,
  'purpose' | 'to' | 'prompted' | 'queuedAt' | 'zone' | 'state' | 'zip'
> & {
  lane: Pick<Lane, 'timeZone'>;
};

/**
 * Quiet hours by country, state, weekday and holiday, at the moment of sending. Replies, codes and what the law demands are
 * exempt, and so is a service text that answers the person. Where nobody knows a person's zone, every zone they may live in counts.
 */
export function quietNow(text: Timed, now: number): Ruling | null {
  const { purpose, to, prompted, queuedAt, zone, state, zip, lane } = text;
  if (purpose !== 'marketing' && purpose !== 'service') return null;
  if (purpose === 'service' && prompted) return null;
  const asked = prompted && now - queuedAt < AWAKE_MS;
  const { rules, zones } = quietHoursOf(to, countryOf(to), { state, zip });
  const inForce = rules.filter(
    (rule) => (!asked || rule.evenWhenAsked) && (purpose === 'marketing' || !rule.evenWhenAsked),
  );
  if (inForce.length === 0) return null;
  const clocks = clocksFor(to, zone, zones, lane.timeZone);
  const closed = inForce.filter((rule) => !opens(rule, now, clocks).open);
  const [first] = closed;
  if (!first) return null;
  const until = openForAll(inForce, now, clocks);
  return { status: 'queued', until, reason: `Waits for the end of quiet hours in ${closed.at(-1)?.name}.` };
}

function clocksFor(
  phone: string,
  zone: string | null,
  zones: readonly string[] | null,
  timeZone: string,
): readonly OffsetAt[] {
  const own = zone === null ? null : ZONES.clock(zone);
  if (own) return [own];
  if (zones) return zones.flatMap((name) => ZONES.clock(name) ?? []);
  return clocksOf('contact', { phone, fields: {}, timeZone }, ZONES);
}

const opens = (rule: QuietRule, at: number, clocks: readonly OffsetAt[]) =>
  openAt({ spans: rule.spans, closed: holidaysOf(rule, new Date(at).getUTCFullYear()) }, at, clocks);

/** When all of the rules are open at once. */
function openForAll(rules: readonly QuietRule[], now: number, clocks: readonly OffsetAt[]): number {
  let at = now;
  for (let turn = 0; turn < 20; turn++) {
    const next = Math.max(...rules.map((rule) => opens(rule, at, clocks).opens ?? at));
    if (next === at) return at > now ? at : now + LATER_MS;
    at = next;
  }
  return at;
}
