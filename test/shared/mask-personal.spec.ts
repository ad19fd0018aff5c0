import { describe, expect, test } from '@jest/globals';
import { PERSONAL_NUMBERS } from '#shared/sms/countries/personal-numbers.ts';
import { heard, hideDigits, maskPersonal } from '#shared/sms/mask-personal.ts';
import * as fc from '../support/properties.ts';

// Test numbers that the networks and offices publish; none is anybody's.
const MASKED: [string, string][] = [
  ['4111 1111 1111 1111', '•••• •••• •••• 1111'],
  ['4111111111111111', '••••••••••••1111'],
  ['my card is 5555-5555-5555-4444, ok?', 'my card is ••••-••••-••••-4444, ok?'],
  ['2223003122003222', '••••••••••••3222'],
  ['Amex 3782 822463 10005', 'Amex •••• •••••• •0005'],
  ['Diners 3056 9309 0259 04', 'Diners •••• •••• ••59 04'],
  ['6011 1111 1111 1117 and 3530 1113 3330 0000', '•••• •••• •••• 1117 and •••• •••• •••• 0000'],
  ['4111 1111 1111 1111 12/27 123', '•••• •••• •••• 1111 12/27 •••'],
  ['4111 1111 1111 1111 exp 12/27 cvv 1234', '•••• •••• •••• 1111 exp 12/27 cvv ••••'],
  ['4111\n1111\n1111\n1111', '••••\n••••\n••••\n1111'],
  ['order 17 4111111111111111', 'order 17 ••••••••••••1111'],
  ['ssn 078-05-1120', 'ssn •••-••-••••'],
  ['AB 12 34 56 C', 'AB •• •• •• C'],
  ['ni qq123456c or ab123456c', 'ni qq123456c or ab••••••c'],
  ['My NHS number: 943 476 5919', 'My NHS number: ••• ••• ••••'],
  ['1 84 12 76 451 089 46', '• •• •• •• ••• ••• ••'],
];
const KEPT = [
  'YES',
  'order 12345678 from 2026-03-05',
  '4111 1111 1111 1112',
  '+44 7700 900123',
  '+4915112345678',
  '07700 900123 or 415-555-0123',
  '978-3-16-148410-0',
  'call 943 476 5919',
  'NHS 943 476 5918',
  '000-12-3456 900-12-3456',
  '12345678901234567890',
  'voucher 9999 9999 9999 9995',
  '1234 5678 1234 5678',
];

describe('numbers that are never kept', () => {
  test.each(MASKED)('%s', (text, masked) => {
    expect(heard(text)).toBe(masked);
    expect(maskPersonal(masked)).toBe(masked);
  });

  test.each(KEPT)('but not in: %s', (text) => {
    expect(heard(text)).toBe(text);
  });

  test('whatever stands around a card, all but its last four digits goes and no letter does', () => {
    const words = fc.stringMatching(/^[A-Za-z äß😀,.!?\n]{0,40}$/u);
    const sign = fc.constantFrom('', ' ', '-', '.');
    fc.assert(
      fc.property(words, words, sign, (before, behind, between) => {
        const groups = ['4242', '4242', '4242', '4242'].join(between);
        const text = `${before} ${groups} ${behind}`;
        const masked = maskPersonal(text);
        expect(masked).toBe(`${before} ${['••••', '••••', '••••', '4242'].join(between)} ${behind}`);
        expect(masked).toHaveLength(text.length);
      }),
    );
  });

  test('masking twice changes nothing, and what has no digits stays', () => {
    const text = fc.stringMatching(/^[0-9 .\-a-c]{0,80}$/);
    fc.assert(
      fc.property(text, (raw) => {
        const once = maskPersonal(raw);
        expect(maskPersonal(once)).toBe(once);
        expect(once.replace(/[\d•]/g, '#')).toBe(raw.replace(/\d/g, '#'));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const plain = hideDigits(raw).replaceAll('•', '');
        expect(maskPersonal(plain)).toBe(plain);
      }),
    );
  });

  test('every kind says where it is from and when that was read', () => {
    for (const { name, source, asOf, pattern } of PERSONAL_NUMBERS) {
      expect(name).not.toBe('');
      expect(source).toMatch(/^https:\/\//);
      expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(pattern.global).toBe(true);
    }
  });
});
