import { describe, expect, it } from '@jest/globals';
import { formatPhone, parsePhone } from '#shared/sms/phone.ts';
import * as fc from '../support/properties.ts';

describe('parsePhone', () => {
  it.each([
    ['+447700900001', '+447700900001', 'GB'], // Ofcom's range for drama: possible, not in service
    ['447700900001', '+447700900001', 'GB'],
    ['00447700900001', '+447700900001', 'GB'],
    ['+44 (0)7700 900001', '+447700900001', 'GB'],
    ['+4407700900001', '+447700900001', 'GB'],
    ['＋４４７７００９００００１', '+447700900001', 'GB'],
    [' tel:+33-6-12-34-56-78 ', '+33612345678', 'FR'],
    ['+39061234567', '+39061234567', 'IT'],
    ['+2250712345678', '+2250712345678', 'CI'],
    ['+15005550006', '+15005550006', 'US'],
    ['+15550001111', '+15550001111', 'US'],
    ['+14165550123', '+14165550123', 'CA'],
    ['+18765551234', '+18765551234', 'JM'],
    ['+77011234567', '+77011234567', 'KZ'],
    ['+79161234567', '+79161234567', 'RU'],
    ['+447781123456', '+447781123456', 'GG'],
    ['+390669812345', '+390669812345', 'VA'],
    ['+4917612345678', '+4917612345678', 'DE'],
    ['+88216123456', '+88216123456', null],
  ])('reads %j as %s of %s', (raw, e164, country) => {
    expect(parsePhone(raw)).toEqual({ e164, country });
  });

  it.each([
    ['07700 900001', 'GB', '+447700900001'],
    ['447700900001', 'GB', '+447700900001'],
    ['0044 7700 900001', 'GB', '+447700900001'],
    ['33612345678', 'GB', '+33612345678'],
    ['(415) 555-2671', 'US', '+14155552671'],
    ['14155552671', 'US', '+14155552671'],
    ['06.12.34.56.78', 'FR', '+33612345678'],
    ['0176 12345678', 'DE', '+4917612345678'],
    ['+33612345678', 'GB', '+33612345678'],
    ['447700900001', 'ZZ', '+447700900001'],
  ])('reads %j written in %s as %s', (raw, country, e164) => {
    expect(parsePhone(raw, country)?.e164).toBe(e164);
  });

  it.each([
    '',
    '12345',
    'ACME',
    '+',
    '+12',
    '0',
    '+0123456789',
    '+1234567890123456',
    '1-800-FLOWERS',
    '+44 7700 900001 ext 5',
    '++447700900001',
    '5'.repeat(1000),
  ])('refuses %j', (raw) => {
    expect(parsePhone(raw)).toBeNull();
  });

  it.each(['2026-02-30', '19-11-2026'])('takes %j for no number where national ones are read', (raw) => {
    expect(parsePhone(raw, 'GB')).toBeNull();
  });

  it('accepts any E.164 shape, whatever is asked before, and reads its own answer back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (raw) => {
        const phone = parsePhone(raw);
        if (phone === null) throw new Error('refused');
        expect(phone.e164).toMatch(/^\+[1-9]\d{6,14}$/);
        expect(parsePhone(phone.e164)).toEqual(phone);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        parsePhone(raw);
        parsePhone(raw, 'GB');
      }),
    );
  });
});

describe('formatPhone', () => {
  it.each([
    ['+447700900001', '+44 7700 900001'],
    ['+14155552671', '+1 415 555 2671'],
    ['ACME', 'ACME'],
  ])('writes %s as %s', (e164, written) => {
    expect(formatPhone(e164)).toBe(written);
  });
});
