import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { countryOf } from '#shared/sms/calling-codes.ts';
import {
  easterSunday,
  type Home,
  holidaysOf,
  QUIET_RULES,
  quietHoursOf,
} from '#shared/sms/countries/quiet-hours.ts';
import { ALL_US_ZONES, usStateOf, usZonesOf } from '#shared/sms/countries/us-area-codes.ts';
import { usStateOfZip } from '#shared/sms/countries/us-zip-codes.ts';

describe('quiet hours', () => {
  test.each(QUIET_RULES.map((rule) => [rule.name, rule] as const))(
    'of %s say who asks for them, where and since when we know',
    (_, { spans, by, source, asOf, recalled }) => {
      expect(recalled).toBeUndefined();
      expect([by, source].every((words) => words.length > 5)).toBe(true);
      expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
      for (const { days, from, to } of spans) {
        expect(days.length).toBeGreaterThan(0);
        expect(0 <= from && from < to && to <= 1_440).toBe(true);
      }
    },
  );

  test('of a state come on top of the country’s', () => {
    const names = (phone: string) => quietHoursOf(phone, 'US').rules.map(({ name }) => name);
    expect(names('+13055550123')).toEqual(['the United States', 'Florida']);
    expect(names('+12125550123')).toEqual(['the United States']);
    expect(names('+18005550123').length).toBeGreaterThan(5);
  });

  test('are the strictest of all states and all zones where nobody can tell', () => {
    const { rules, zones } = quietHoursOf('+18885550123', 'US');
    expect(rules).toEqual(QUIET_RULES.filter(({ country }) => country === 'US'));
    expect(zones).toEqual(ALL_US_ZONES);
  });

  test.each([
    ['Puerto Rico', '+17875550123', 'PR', 'the United States'],
    ['Guam', '+16715550123', 'GU', 'the United States'],
    ['Réunion', '+262692123456', 'RE', 'France'],
  ])('of %s are those of the country it belongs to, by its own clock', (_, phone, place, country) => {
    expect(countryOf(phone)).toBe(place);
    const { rules, zones } = quietHoursOf(phone, place);
    expect([rules.map(({ name }) => name), zones]).toEqual([[country], null]);
  });

  test('are those of the area code and of where the person is known to live', () => {
    const names = (phone: string, home: Home) =>
      quietHoursOf(phone, 'US', home).rules.map(({ name }) => name);
    expect(names('+12125550123', { state: 'tx' })).toEqual(['the United States', 'Texas']);
    expect(names('+13055550123', { state: 'US-TX' })).toEqual(['the United States', 'Florida', 'Texas']);
    expect(names('+18885550123', { zip: '06101-1234' })).toEqual(['the United States', 'Connecticut']);
    expect(names('+12125550123', { state: 'new', zip: '1' })).toEqual(['the United States']);
    expect(quietHoursOf('+12125550123', 'US', { zip: '97201' }).zones).toEqual([
      'America/New_York',
      'America/Los_Angeles',
      'America/Denver',
    ]);
  });

  test.each([
    ['90210', 'CA'],
    ['10001', 'NY'],
    ['33101', 'FL'],
    ['73301', 'TX'],
    ['75201', 'TX'],
    ['73102', 'OK'],
    ['20001', 'DC'],
    ['20101', 'VA'],
    ['02903', 'RI'],
    ['98101', 'WA'],
    ['00901', null],
    ['09012', null],
    ['SW1A 1AA', null],
  ])('the ZIP code %s is of %s', (zip, state) => {
    expect(usStateOfZip(zip)).toBe(state);
  });

  test('of a country without rules are none', () => {
    expect(quietHoursOf('+447700900001', 'GB')).toEqual({ rules: [], zones: null });
    expect(quietHoursOf('+88213555012', null)).toEqual({ rules: [], zones: null });
  });
});

describe('holidays', () => {
  // Known Easter Sundays, the earliest and the latest possible among them.
  test.each([
    [1818, 3, 22],
    [1943, 4, 25],
    [2024, 3, 31],
    [2026, 4, 5],
    [2038, 4, 25],
  ])('Easter of %d is on %d/%d', (year, month, day) => {
    expect(easterSunday(year)).toEqual({ month, day });
  });

  test('of France move with Easter', () => {
    const france = QUIET_RULES.find(({ country }) => country === 'FR');
    if (!france) throw new Error('France has no rule.');
    expect(holidaysOf(france, 2026)).toEqual(
      expect.arrayContaining(['12-25', '2026-04-06', '2026-05-14', '2026-05-25']),
    );
  });
});

describe('American states without Sundays', () => {
  const ruleOf = (state: string) => {
    const rule = QUIET_RULES.find((one) => one.country === 'US' && one.state === state);
    if (!rule) throw new Error(`${state} has no rule.`);
    return rule;
  };

  test.each(['RI', 'MS'])('%s lets nothing arrive on one', (state) => {
    expect(ruleOf(state).spans.flatMap(({ days }) => days)).not.toContain(0);
  });

  test('Rhode Island nor on the holidays of the state and the federation, the Mondays after weekends included', () => {
    const closed = (year: number) => holidaysOf(ruleOf('RI'), year);
    expect(closed(2026)).toEqual([
      ...['01-01', '05-04', '06-19', '07-04', '11-11', '12-25'],
      '2026-07-06',
      ...['2026-01-19', '2026-02-16', '2026-05-25', '2026-08-10'],
      ...['2026-09-07', '2026-10-12', '2026-11-03', '2026-11-26'],
    ]);
    // A leap year that begins on a Saturday, and a year that begins on a Sunday.
    expect(closed(2028)).toEqual(expect.arrayContaining(['2028-01-03', '2028-02-21', '2028-05-29']));
    expect(closed(2023)).toEqual(expect.arrayContaining(['2023-01-02', '2023-11-13', '2023-11-23']));
  });
});

describe('American area codes', () => {
  test.each([
    ['+12125550123', 'NY', ['America/New_York']],
    ['+18505550123', 'FL', ['America/New_York', 'America/Chicago']],
    ['+16025550123', 'AZ', ['America/Phoenix', 'America/Denver']],
    ['+18085550123', 'HI', ['Pacific/Honolulu']],
  ])('%s is in %s', (phone, state, zones) => {
    expect(usStateOf(phone)).toBe(state);
    expect(usZonesOf(state)).toEqual(zones);
  });

  test('are where libphonenumber has them, and live by no clock that is not theirs', () => {
    const { codes }: { codes: Record<string, [state: string, zones: string[]]> } = JSON.parse(
      readFileSync(new URL('../vectors/us-area-codes.json', import.meta.url), 'utf8'),
    );
    expect(Object.keys(codes).length).toBeGreaterThan(300);
    const clock = (zone: string, at: number) =>
      new Date(at).toLocaleString('sv', { timeZone: zone, hourCycle: 'h23' });
    const moments = [Date.parse('2026-01-15T12:00Z'), Date.parse('2026-07-15T12:00Z')];
    for (const [code, [state, zones]] of Object.entries(codes)) {
      const known = usStateOf(`+1${code}5550123`);
      expect([code, known]).toEqual([code, state]);
      for (const at of moments) {
        const ours = usZonesOf(known).map((zone) => clock(zone, at));
        // Codes of Alaska are said to reach as far as Hawaii, which has the clock of its Aleutians in winter.
        for (const zone of zones.filter((one) => state !== 'AK' || one !== 'Pacific/Honolulu'))
          expect([code, ours]).toEqual([code, expect.arrayContaining([clock(zone, at)])]);
      }
    }
  });

  test('of no state may be anywhere', () => {
    expect(usStateOf('+18885550123')).toBeNull();
    expect(usZonesOf(null)).toEqual(ALL_US_ZONES);
  });
});
