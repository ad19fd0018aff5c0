import { describe, expect, test } from '@jest/globals';
import { readPeopleFile } from '../../client/features/campaigns/read-people-file.ts';
import * as fc from '../support/properties.ts';

describe('a file of numbers', () => {
  test('is read with a head, whatever the columns are called, in the order they come', () => {
    const text = '\uFEFFFirst name;Mobile;City\r\nAda;+44 7700 900001;"Leeds; York"\r\n;07700 900002;\r\n';
    expect(readPeopleFile(text)).toEqual({
      fields: ['firstName', 'city'],
      people: [
        { phone: '+44 7700 900001', fields: { firstName: 'Ada', city: 'Leeds; York' } },
        { phone: '07700 900002', fields: {} },
      ],
    });
  });

  test('is read without a head', () => {
    expect(readPeopleFile('+447700900001\n(020) 7946 0001\n\n').people.map(({ phone }) => phone)).toEqual([
      '+447700900001',
      '(020) 7946 0001',
    ]);
  });

  test('keeps quotes, commas and line breaks in cells', () => {
    const { people } = readPeopleFile('phone,note\n1234567,"He said ""hi"",\nthen left"');
    expect(people).toEqual([{ phone: '1234567', fields: { note: 'He said "hi",\nthen left' } }]);
  });

  test('never fails, and never makes a field that cannot be stored', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { phone, fields } of readPeopleFile(text).people) {
          expect(phone.length).toBeLessThanOrEqual(60);
          for (const name of Object.keys(fields ?? {})) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,39}$/);
        }
      }),
    );
  });
});
