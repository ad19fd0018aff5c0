import type { Scalar } from '#flows/engine/effects.ts';
import type { OffsetAt } from '#flows/engine/opening-hours.ts';
import { countryOf } from '#shared/sms/calling-codes.ts';
import { zoneClock, zonesOfCountry } from '../common/zones.ts';

/** What tells where a contact's clock may stand. */
export interface ZoneFacts {
  phone: string;
  fields: Readonly<Record<string, Scalar>>;
  /** The workspace's own zone. */
  timeZone: string;
}

const UTC: OffsetAt = () => 0;

/** The field of a contact that names their time zone, where somebody knows it. */
const FIELD = 'timeZone';

/** The clocks that decide in a zone: that of its name or, for `contact`, every clock the contact may live by. */
export function clocksOf(zone: string, facts: ZoneFacts): readonly OffsetAt[] {
  if (zone !== 'contact') return [zoneClock(zone) ?? zoneClock(facts.timeZone) ?? UTC];
  const own = facts.fields[FIELD];
  const named = typeof own === 'string' ? zoneClock(own) : null;
  if (named) return [named];
  const country = countryOf(facts.phone);
  const clocks = (country === null ? [] : zonesOfCountry(country)).flatMap((one) => zoneClock(one) ?? []);
  return clocks.length > 0 ? clocks : [zoneClock(facts.timeZone) ?? UTC];
}

/** How far a contact's clock is ahead of UTC, in minutes; the middle one where their country has several. */
export function offsetOf(facts: ZoneFacts, instant: number): number {
  const offsets = clocksOf('contact', facts).map((clock) => clock(instant));
  return offsets.sort((a, b) => a - b)[Math.floor(offsets.length / 2)] ?? 0;
}
