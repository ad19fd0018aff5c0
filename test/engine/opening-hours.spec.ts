import { describe, expect, test } from '@jest/globals';
import { dateOf, dayOf, weekdayOf } from '#flows/engine/calendar.ts';
import { clocksOf, offsetOf } from '#flows/engine/contact-clocks.ts';
import { openAt, type OpeningHours } from '#flows/engine/opening-hours.ts';
import { openingHours } from '#flows/nodes/window/definition.ts';
import { dayWords, longestClosed } from '#flows/nodes/window/week.ts';
import { ZONES } from '#server/common/zones.ts';
import * as fc from '../support/properties.ts';

const DAY = 86_400_000;
const WORK: OpeningHours = { spans: [{ days: [1, 2, 3, 4, 5], from: 540, to: 1_020 }], closed: [] };
const clock = (zone: string) => ZONES.clock(zone) ?? (() => 0);
const look = (hours: OpeningHours, at: string, ...zones: string[]) => {
  const { open, opens } = openAt(hours, Date.parse(at), zones.map(clock));
  return open ? 'open' : opens === null ? 'never' : new Date(opens).toISOString();
};

describe('the calendar', () => {
  test('is the one of the rest of the world', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 2_000_000 }), (day) => {
        const date = new Date(day * DAY).toISOString();
        if (!/^\d{4}-/.test(date)) return;
        expect(dateOf(day)).toBe(date.slice(0, 10));
        const [year = 0, month = 0, dayOfMonth = 0] = dateOf(day).split('-').map(Number);
        expect(dayOf(year, month, dayOfMonth)).toBe(day);
        expect(weekdayOf(day)).toBe(new Date(day * DAY).getUTCDay());
      }),
    );
  });

  test.each([
    [2026, 2, 29],
    [2026, 13, 1],
    [2026, 4, 31],
    [2026, 0, 1],
    [1900, 2, 29],
  ])('has no %i-%i-%i', (year, month, day) => expect(dayOf(year, month, day)).toBeNull());
});

describe('opening hours', () => {
  test('are those of the zone', () => {
    expect(look(WORK, '2026-03-05T09:00:00Z', 'Europe/London')).toBe('open');
    expect(look(WORK, '2026-03-05T16:59:59Z', 'Europe/London')).toBe('open');
    expect(look(WORK, '2026-03-05T17:00:00Z', 'Europe/London')).toBe('2026-03-06T09:00:00.000Z');
    expect(look(WORK, '2026-03-05T09:00:00Z', 'America/New_York')).toBe('2026-03-05T14:00:00.000Z');
    expect(look(WORK, '2026-03-06T22:00:00Z', 'Asia/Kathmandu')).toBe('2026-03-09T03:15:00.000Z');
  });

  test('begin at their own hour after clocks were changed', () => {
    expect(look(WORK, '2026-03-27T17:00:00Z', 'Europe/Berlin')).toBe('2026-03-30T07:00:00.000Z');
    expect(look(WORK, '2026-10-23T16:00:00Z', 'Europe/Berlin')).toBe('2026-10-26T08:00:00.000Z');
    const night = { spans: [{ days: [0], from: 150, to: 240 }], closed: [] };
    // 02:30 does not exist on that day.
    expect(look(night, '2026-03-28T12:00:00Z', 'Europe/Berlin')).toMatch(/^2026-03-29T01:[03]0/);
  });

  test('of a person who may live in several zones are those that all of them have in common', () => {
    const coasts = ['America/New_York', 'America/Los_Angeles'];
    expect(look(WORK, '2026-03-05T15:00:00Z', ...coasts)).toBe('2026-03-05T17:00:00.000Z');
    expect(look(WORK, '2026-03-05T21:59:00Z', ...coasts)).toBe('open');
    expect(look(WORK, '2026-03-05T22:00:00Z', ...coasts)).toBe('2026-03-06T17:00:00.000Z');
    const short = { spans: [{ days: [1], from: 540, to: 600 }], closed: [] };
    expect(look(short, '2026-03-05T15:00:00Z', ...coasts)).toBe('never');
  });

  test('skip the days on which it is closed', () => {
    const closed = { ...WORK, closed: ['12-25', '2026-12-28'] };
    expect(look(closed, '2026-12-24T18:00:00Z', 'UTC')).toBe('2026-12-29T09:00:00.000Z');
  });

  test('whatever they are: what is said to open then is open then, and not a minute before', () => {
    const span = fc.record({
      days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      from: fc.integer({ min: 0, max: 1_439 }),
      to: fc.integer({ min: 0, max: 1_440 }),
    });
    const zones = fc.constantFrom('UTC', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe');
    const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 1) });
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 3 }), zones, instant, (spans, zone, at) => {
        const hours = { spans: spans.filter(({ from, to }) => from !== to), closed: [] };
        const { open, opens } = openAt(hours, at, [clock(zone)]);
        if (open || opens === null) return;
        expect(opens).toBeGreaterThan(at);
        expect(openAt(hours, opens, [clock(zone)]).open).toBe(true);
        expect(opens - at).toBeLessThanOrEqual(longestClosed(hours) * 60_000 + 2 * 3_600_000);
      }),
      { numRuns: 200 },
    );
  });

  test('in words', () => {
    expect(dayWords([1, 2, 3, 4, 5])).toBe('Mon–Fri');
    expect(dayWords([6, 0])).toBe('Sat, Sun');
    expect(dayWords([0, 1, 2, 3, 4, 5, 6])).toBe('every day');
    expect(dayWords([3, 1])).toBe('Mon, Wed');
    const { spans } = openingHours({ hours: [{ days: [1], from: '22:00', to: '24:00' }], closed: [] });
    expect(spans).toEqual([{ days: [1], from: 1_320, to: 1_440 }]);
  });
});

describe('the clock of a person', () => {
  const facts = { phone: '+447700900001', fields: {}, timeZone: 'Asia/Tokyo' };
  const july = Date.UTC(2026, 6, 1);

  test('is that of their field, else of their country, else of the workspace', () => {
    expect(offsetOf({ ...facts, fields: { timeZone: 'Europe/Athens' } }, july, ZONES)).toBe(180);
    expect(offsetOf({ ...facts, fields: { timeZone: 'no/zone' } }, july, ZONES)).toBe(60);
    expect(offsetOf(facts, july, ZONES)).toBe(60);
    expect(offsetOf({ ...facts, phone: 'nobody' }, july, ZONES)).toBe(540);
  });

  test('is every one their country has, where it has several', () => {
    const american = { ...facts, phone: '+12025550123' };
    const offsets = clocksOf('contact', american, ZONES).map((zone) => zone(july));
    expect(new Set(offsets).size).toBeGreaterThan(5);
    expect(clocksOf('Europe/London', american, ZONES).map((zone) => zone(july))).toEqual([60]);
    expect(clocksOf('No/Where', american, ZONES).map((zone) => zone(july))).toEqual([540]);
  });
});
