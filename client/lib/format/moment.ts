const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// Making a formatter costs far more than using one, and a list asks for thousands of moments in the same form.
const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formats.set(key, found);
  }
  return found;
}

/** A moment in full, in the zone: "21 Nov 2026, 14:03:22". */
export const exactMoment = (iso: string, zone: string): string =>
  format(zone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(iso));

/** The day in the zone: "21 Nov 2026". */
export const dayOf = (iso: string, zone: string): string =>
  format(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso));

/** A day of the calendar, wherever it was: "2026-11-21" → "21 Nov 2026". */
export const calendarDay = (day: string): string => dayOf(`${day}T12:00:00Z`, 'UTC');

/** The time of day in the zone: "14:03". */
export const timeOf = (iso: string, zone: string): string =>
  format(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));

/**
 * A moment as people say it: relative under a day ("5 min ago", "in 3 h"), a date beyond ("21 Nov", "21 Nov 2025"), with the hour where
 * `timed` says that it counts ("21 Nov, 14:03").
 */
export function relativeMoment(iso: string, now: number, zone: string, timed = false): string {
  const at = Date.parse(iso);
  const away = Math.abs(now - at);
  if (away < MINUTE / 2) return 'just now';
  if (away < DAY) {
    const minutes = Math.max(1, Math.round(away / MINUTE));
    const amount = minutes < 60 ? `${minutes} min` : `${Math.round(away / HOUR)} h`;
    return at <= now ? `${amount} ago` : `in ${amount}`;
  }
  const sameYear = yearOf(at, zone) === yearOf(now, zone);
  return format(zone, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    ...(timed ? { hour: '2-digit', minute: '2-digit' } : {}),
  }).format(at);
}

const yearOf = (at: number, zone: string): string => format(zone, { year: 'numeric' }).format(at);
