import { describe, expect, test } from '@jest/globals';
import { dueAt, isTooLate, nextOccurrence, occurrenceAt } from '#server/campaigns/due-times.ts';
import { instantOf, isWall, wallAfter } from '#server/campaigns/wall-clock.ts';
import { ZONES } from '#server/common/zones.ts';
import type { Schedule } from '#shared/api/campaigns.ts';
import * as fc from '../support/properties.ts';

const clockOf = (zone: string) => ZONES.clock(zone) ?? (() => 0);
const at = (wall: string, zone: string): string => new Date(instantOf(wall, clockOf(zone))).toISOString();

describe('a wall clock', () => {
  test.each([
    ['2026-03-29T00:30', 'Europe/London', '2026-03-29T00:30:00.000Z'],
    // Skipped in spring: as much later as is skipped.
    ['2026-03-29T01:30', 'Europe/London', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T02:30', 'Europe/London', '2026-03-29T01:30:00.000Z'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    // Shown twice in autumn: the first time.
    ['2026-10-25T01:30', 'Europe/London', '2026-10-25T00:30:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
  ])('%s in %s is %s', (wall, zone, instant) => {
    expect(at(wall, zone)).toBe(instant);
  });

  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Casablanca',
    'America/Santiago',
  );
  const instants = fc.integer({ min: Date.UTC(2015, 0, 1) / 900_000, max: Date.UTC(2030, 0, 1) / 900_000 });

  test('shows what it is said to show, wherever it shows it at all', () => {
    fc.assert(
      fc.property(instants, zones, (quarter, zone) => {
        const clock = clockOf(zone);
        const shown = (instant: number) =>
          new Date(instant + clock(instant) * 60_000).toISOString().slice(0, 16);
        const wall = shown(quarter * 900_000);
        const found = instantOf(wall, clock);
        expect(shown(found)).toBe(wall);
        expect(found).toBeLessThanOrEqual(quarter * 900_000);
      }),
    );
  });

  test('a series is at the same hour of the wall every time, and never twice on a day', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 800 }), (zone, start) => {
        const first = wallAfter('2025-01-31T09:00', 'day', start);
        const instant = (n: number) => instantOf(wallAfter(first, 'day', n), clockOf(zone));
        for (let n = 1; n < 20; n++) {
          const apart = instant(n) - instant(n - 1);
          expect(apart).toBeGreaterThanOrEqual(22 * 3_600_000);
          expect(apart).toBeLessThanOrEqual(26 * 3_600_000);
        }
      }),
    );
  });

  test('months keep their day, or end before it', () => {
    const months = [0, 1, 2, 3, 12, 13].map((n) => wallAfter('2027-12-31T08:00', 'month', n).slice(0, 10));
    expect(months).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-12-31',
      '2029-01-31',
    ]);
    expect(['2026-02-29T10:00', '2026-13-01T10:00', '2026-01-01T24:00'].map(isWall)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('turns', () => {
  const schedule: Schedule = { kind: 'every', every: 'week', at: '2026-03-22T10:00', zone: 'contact' };

  test('a person whose country has several clocks has theirs when the last one shows the time', () => {
    const due = (phone: string, fields = {}) =>
      new Date(dueAt(schedule, 1, { phone, fields }, 'UTC', 0)).toISOString();
    expect(due('+447700900001')).toBe('2026-03-22T10:00:00.000Z');
    expect(due('+819012345678')).toBe('2026-03-22T01:00:00.000Z');
    expect(due('+447700900001', { timeZone: 'Asia/Tokyo' })).toBe('2026-03-22T01:00:00.000Z');
    const begins = occurrenceAt(schedule, 1, 'UTC') ?? 0;
    for (const phone of ['+12025550123', '+61412345678', '+6421123456', '+79161234567'])
      expect(Date.parse(due(phone))).toBeGreaterThanOrEqual(begins);
  });

  test('what was missed is left out', () => {
    const weekly: Schedule = { ...schedule, zone: 'workspace' };
    const next = nextOccurrence(weekly, 1, 'Europe/London', Date.parse('2026-04-20T12:00:00Z'));
    expect(next).toEqual({ number: 6, at: Date.parse('2026-04-26T09:00:00Z') });
  });

  test('a time is good for its minute on the workspace’s clock, and for a day on everybody’s own', () => {
    const begins = Date.parse('2026-03-22T10:00:00Z');
    const late = (zone: 'workspace' | 'contact', now: string) =>
      isTooLate({ kind: 'at', at: '2026-03-22T10:00', zone }, begins, Date.parse(now));
    expect(late('workspace', '2026-03-22T10:00:59Z')).toBe(false);
    expect(late('workspace', '2026-03-22T10:01:00Z')).toBe(true);
    expect(late('contact', '2026-03-23T09:59:59Z')).toBe(false);
    expect(late('contact', '2026-03-23T10:00:00Z')).toBe(true);
    expect(isTooLate({ kind: 'now' }, null, begins)).toBe(false);
  });
});
