import { describe, expect, test } from '@jest/globals';
import { clocksOf, offsetOf, type ZoneFacts, type ZoneRules } from '#flows/engine/contact-clocks.ts';

const HOUR = 60;
const SLOT = 15 * 60_000;
/** Hours ahead of UTC; the zone that moves does so at a quarter past. */
const ZONES: Record<string, number> = { West: -8, Middle: -6, East: -5, Home: 1, Own: 9, Far: 12 };
const COUNTRIES: Record<string, string[]> = { US: ['East', 'West', 'Middle', 'Unheard of'], GB: ['Moving'] };

/** Rules that count how often a clock is read. */
function rulesOf() {
  const read = { times: 0 };
  const rules: ZoneRules = {
    clock: (zone) => {
      const hours = ZONES[zone];
      if (zone !== 'Moving' && hours === undefined) return null;
      return (instant) => {
        read.times++;
        return zone === 'Moving' ? (instant < SLOT ? 0 : HOUR) : (hours ?? 0) * HOUR;
      };
    },
    zonesOf: (country) => COUNTRIES[country] ?? [],
  };
  return { rules, read };
}

const US = '+12025550123';
const GB = '+447700900001';
const NOWHERE = '+979000000000';
const facts = (phone: string, fields: ZoneFacts['fields'] = {}, timeZone = 'Home'): ZoneFacts => ({
  phone,
  fields,
  timeZone,
});

describe('the clocks that decide', () => {
  const { rules } = rulesOf();
  const hours = (zone: string, of: ZoneFacts) => clocksOf(zone, of, rules).map((clock) => clock(0) / HOUR);

  test.each<[string, string, ZoneFacts, number[]]>([
    ['of a zone are its own', 'Far', facts(US), [12]],
    ['of a zone that is none are the workspace’s', 'Unheard of', facts(US), [1]],
    ['of a contact are all of their country that there are', 'contact', facts(US), [-5, -8, -6]],
    ['of a contact whose zone is known are its own', 'contact', facts(US, { timeZone: 'Own' }), [9]],
    [
      'of a contact whose zone is none are their country’s',
      'contact',
      facts(US, { timeZone: 'x' }),
      [-5, -8, -6],
    ],
    [
      'of a contact whose zone is no text are their country’s',
      'contact',
      facts(US, { timeZone: 9 }),
      [-5, -8, -6],
    ],
    ['of a contact without a country are the workspace’s', 'contact', facts(NOWHERE), [1]],
    ['of nobody’s zone at all are UTC’s', 'contact', facts(NOWHERE, {}, 'Unheard of'), [0]],
  ])('%s', (_, zone, of, expected) => {
    expect(hours(zone, of)).toEqual(expected);
  });
});

describe('how far a contact’s clock is ahead', () => {
  test('is the middle one where their country has several, and their own where it is known', () => {
    const { rules } = rulesOf();
    expect(offsetOf(facts(US), 0, rules)).toBe(-6 * HOUR);
    expect(offsetOf(facts(US, { timeZone: 'Own' }), 0, rules)).toBe(9 * HOUR);
    expect(offsetOf(facts(NOWHERE), 0, rules)).toBe(HOUR);
    expect(offsetOf(facts(NOWHERE, {}, 'Far'), 0, rules)).toBe(12 * HOUR);
  });

  test('is read once a quarter of an hour for all of a country, and again when that is over', () => {
    const { rules, read } = rulesOf();
    for (const instant of [0, 1, SLOT - 1]) expect(offsetOf(facts(GB), instant, rules)).toBe(0);
    expect(read.times).toBe(1);
    for (const instant of [SLOT, 2 * SLOT - 1])
      expect(offsetOf(facts('+447700900002'), instant, rules)).toBe(HOUR);
    expect(read.times).toBe(2);
    expect(offsetOf(facts(GB), SLOT - 1, rules)).toBe(0);
    expect(read.times).toBe(2);
  });

  test('is right however many have been asked for', () => {
    const { rules } = rulesOf();
    for (let slot = 0; slot < 2_100; slot++) offsetOf(facts(GB), slot * SLOT, rules);
    expect([offsetOf(facts(GB), 0, rules), offsetOf(facts(GB), SLOT, rules)]).toEqual([0, HOUR]);
  });
});
