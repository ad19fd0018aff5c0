const MINUTE = 60_000;

/** A moment as a field for date and time shows it in a zone: "2026-06-01T09:00". Empty where there is none. */
export function toLocal(iso: string | undefined, zone: string): string {
  if (iso === undefined) return '';
  const at = Date.parse(iso);
  return Number.isNaN(at) ? '' : new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16);
}

/** What a field for date and time says in a zone as a moment; undefined for an empty one. Where clocks skip the hour, the one after counts. */
export function fromLocal(local: string, zone: string): string | undefined {
  const wall = Date.parse(`${local}:00Z`);
  if (local === '' || Number.isNaN(wall)) return undefined;
  const guess = wall - offsetAt(wall, zone);
  return new Date(wall - offsetAt(guess, zone)).toISOString();
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return Math.round((wall - at) / MINUTE) * MINUTE;
}
