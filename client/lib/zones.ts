import type { ZoneRules } from '#flows/engine/contact-clocks.ts';
import type { OffsetAt } from '#flows/engine/opening-hours.ts';

/** The zone of whoever sits at this browser. */
export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const clocks = new Map<string, OffsetAt | null>();

/** What the browser knows of time zones, for the phone beside the canvas. */
export const ZONES: ZoneRules = {
  clock(zone) {
    let clock = clocks.get(zone);
    if (clock === undefined) {
      clock = clockOf(zone);
      clocks.set(zone, clock);
    }
    return clock;
  },
  zonesOf(country) {
    if (!/^[A-Z]{2}$/.test(country)) return [];
    const locale = new Intl.Locale(`und-${country}`);
    // Older browsers have it as a property, newer ones as a method.
    const ask: unknown = Reflect.get(locale, 'getTimeZones');
    const zones: unknown = typeof ask === 'function' ? ask.call(locale) : Reflect.get(locale, 'timeZones');
    return Array.isArray(zones) ? zones.filter((zone) => typeof zone === 'string') : [];
  },
};

function clockOf(zone: string): OffsetAt | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    return (instant) => {
      const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
      if (sign === undefined) return 0;
      return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    };
  } catch {
    return null;
  }
}
