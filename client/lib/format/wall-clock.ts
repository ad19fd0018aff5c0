import { instantOf as instantOfMinutes } from '#flows/engine/opening-hours.ts';
import { ZONES } from '../zones.ts';

const MINUTE = 60_000;

/** The moment at which a clock on the wall of the zone shows `wall` ("2026-03-01T10:00"). */
export function instantOf(wall: string, zone: string): string {
  const minutes = Date.parse(`${wall}:00Z`) / MINUTE;
  const clock = ZONES.clock(zone);
  return new Date(clock ? instantOfMinutes(minutes, clock) : minutes * MINUTE).toISOString();
}

/** What a clock on the wall of the zone shows at a moment, as a field for date and time takes it. */
export function wallOf(iso: string, zone: string): string {
  const at = Date.parse(iso);
  const offset = ZONES.clock(zone)?.(at) ?? 0;
  return new Date(at + offset * MINUTE).toISOString().slice(0, 16);
}
