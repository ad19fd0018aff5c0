import { describe, expect, test } from '@jest/globals';
import { readName } from '#flows/nodes/collect/read-name.ts';
import { POSTCODE_COUNTRIES, postcodeExample, readPostcode } from '#flows/nodes/collect/read-postcode.ts';
import { numberedIn, withList } from '#flows/nodes/menu/numbered-list.ts';

describe('a name', () => {
  test.each([
    ['Ada', 'en', 'Ada'],
    ['ADA LOVELACE', 'en', 'Ada Lovelace'],
    ["i'm jean-luc o'neill.", 'en', "Jean-Luc O'Neill"],
    ['Imran', 'en', 'Imran'],
    ['Ines', 'en', 'Ines'],
    ['Hello! This is Zoë', 'en', 'Zoë'],
    ['ich heiße Jürgen', 'de', 'Jürgen'],
    ['Me llamo José María', 'es', 'José María'],
    ['محمد', 'en', 'محمد'],
    ['李小龙', 'en', '李小龙'],
  ])('%s (%s) is %s', (text, language, name) => expect(readName(text, language)).toBe(name));

  test.each([
    '',
    'A',
    'yes',
    'No',
    'Agent 007',
    'what is this for?',
    'ada@example.com',
    'one two three four five six',
    '🙂',
  ])('%s is none', (text) => expect(readName(text, 'en')).toBeNull());
});

describe('a postcode', () => {
  test.each([
    ['sw1a 1aa', 'GB', 'SW1A 1AA'],
    ['M11AE please', 'GB', 'M1 1AE'],
    ['k1a-0b1', 'CA', 'K1A 0B1'],
    ['100012345', 'US', '10001-2345'],
    ['1012js', 'NL', '1012 JS'],
    ['we are in 75001', 'FR', '75001'],
    ['1010', 'NZ', '1010'],
  ])('%s in %s is %s', (text, country, postcode) => expect(readPostcode(text, country)).toBe(postcode));

  test.each([
    ['SW1A', 'GB'],
    ['1234', 'US'],
    ['D1A 0B1', 'CA'],
    ['no idea', null],
  ])('%s in %s is none', (text, country) => expect(readPostcode(text, country)).toBeNull());

  test.each(POSTCODE_COUNTRIES)('the example of %s is one', (country) => {
    expect(readPostcode(postcodeExample(country), country)).toBe(postcodeExample(country));
  });
});

describe('the list of a menu', () => {
  test('is kept up with the options, and what else stands there stays', () => {
    expect(withList('Choose:\n1 Tea\n2) Coffee\nor text us.', ['Tea', 'Juice', 'Water'])).toBe(
      'Choose:\n1 Tea\n2 Juice\n3 Water\nor text us.',
    );
  });

  test('is put behind a text that has none', () => {
    expect(withList('Choose:', ['Tea', 'Juice'])).toBe('Choose:\n1 Tea\n2 Juice');
    expect(withList('', ['Tea'])).toBe('1 Tea');
  });

  test('is read wherever its numbers stand', () => {
    expect([...numberedIn('1 Tea, 2 for coffee; B12 or 3rd')]).toEqual([1, 2]);
  });
});
