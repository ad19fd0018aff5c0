import { countryOf } from '#shared/sms/calling-codes.ts';
import type { Scalar } from './effects.ts';
import type { OffsetAt } from './opening-hours.ts';

/** What a shell knows of time zones. */
export interface ZoneRules {
  /** The clock of a zone such as Europe/London; null where there is no such zone. */
  clock: (zone: string) => OffsetAt | null;
  /** The zones of a country, ISO 3166 alpha-2. */
  zonesOf: (country: string) => readonly string[];
}

/** What tells where a contact's clock may stand. */
export interface ZoneFacts {
  phone: string;
  fields: Readonly<Record<string, Scalar>>;
  /** The workspace's own zone. */
  timeZone: string;
}

/** The field of a contact that names their time zone, where somebody knows it. */
const FIELD = 'timeZone';
const UTC: OffsetAt = () => 0;

/** The clocks that decide in a zone: that of its name or, for `contact`, every clock the contact may live by. */
export function clocksOf(zone: string, facts: ZoneFacts, rules: ZoneRules): readonly OffsetAt[] {
  const workspace = () => [rules.clock(facts.timeZone) ?? UTC];
  if (zone !== 'contact') {
    const named = rules.clock(zone);
    return named ? [named] : workspace();
  }
  const known = Object.hasOwn(facts.fields, FIELD) ? facts.fields[FIELD] : null;
  const own = typeof known === 'string' ? rules.clock(known) : null;
  if (own) return [own];
  const country = countryOf(facts.phone);
  const clocks = (country === null ? [] : rules.zonesOf(country)).flatMap((one) => rules.clock(one) ?? []);
  return clocks.length > 0 ? clocks : workspace();
}

/** Every change of a clock anywhere falls on such a step. */
const SLOT = 15 * 60_000;
/** Offsets by country and slot: nearly every text asks, and nearly all ask for the same. */
const known = new WeakMap<ZoneRules, Map<string, number>>();

/** How far a contact's clock is ahead of UTC, in minutes; the middle one where their country has several. */
export function offsetOf(facts: ZoneFacts, instant: number, rules: ZoneRules): number {
  if (Object.hasOwn(facts.fields, FIELD)) return middle(clocksOf('contact', facts, rules), instant);
  let offsets = known.get(rules);
  if (!offsets) {
    offsets = new Map();
    known.set(rules, offsets);
  }
  const slot = Math.floor(instant / SLOT);
  const key = `${countryOf(facts.phone)} ${facts.timeZone} ${slot}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = middle(clocksOf('contact', facts, rules), slot * SLOT);
    if (offsets.size >= MOST_KNOWN) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

const MOST_KNOWN = 2_000;

function middle(clocks: readonly OffsetAt[], instant: number): number {
  const offsets = clocks.map((clock) => clock(instant)).sort((a, b) => a - b);
  return offsets[Math.floor(offsets.length / 2)] ?? 0;
}
