import type { ZoneRules } from '#flows/engine/contact-clocks.ts';
import type { OffsetAt } from '#flows/engine/opening-hours.ts';

const MINUTE = 60_000;
/** Every change of a clock anywhere falls on such a step. */
const SLOT = 15 * MINUTE;
const known = new Map<string, OffsetAt | null>();

/** What the system knows of time zones. */
export const ZONES: ZoneRules = { clock: zoneClock, zonesOf: zonesOfCountry };

function zoneClock(zone: string): OffsetAt | null {
  let clock = known.get(zone);
  if (clock === undefined) {
    clock = makeClock(zone);
    // Names of zones come from authors and imports, so there is no end of wrong ones.
    if (clock !== null || known.size < 2_000) known.set(zone, clock);
  }
  return clock;
}

function zonesOfCountry(country: string): readonly string[] {
  let zones = zonesByCountry.get(country);
  if (!zones) {
    zones = readZones(country);
    zonesByCountry.set(country, zones);
  }
  return zones;
}

const zonesByCountry = new Map<string, readonly string[]>();

function readZones(country: string): string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const locale = new Intl.Locale(`und-${country}`);
  const ask: unknown = Reflect.get(locale, 'getTimeZones');
  const zones: unknown = typeof ask === 'function' ? ask.call(locale) : Reflect.get(locale, 'timeZones');
  return Array.isArray(zones) ? zones.filter((zone) => typeof zone === 'string') : [];
}

function makeClock(zone: string): OffsetAt | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
  const offsets = new Map<number, number>();
  return (instant) => {
    const slot = Math.floor(instant / SLOT);
    let offset = offsets.get(slot);
    if (offset === undefined) {
      offset = offsetOf(format, slot * SLOT);
      if (offsets.size > 500) offsets.clear();
      offsets.set(slot, offset);
    }
    return offset;
  };
}

/** Reads "GMT-05:00" or "GMT". */
function offsetOf(format: Intl.DateTimeFormat, instant: number): number {
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
