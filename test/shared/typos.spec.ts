import { describe, expect, test } from '@jest/globals';
import { DeletionIndex } from '#shared/sms/keywords/deletion-index.ts';
import { editDistance, typosBetween, typosForgiven } from '#shared/sms/typos.ts';
import * as fc from '../support/properties.ts';

/** The definition, written down as the recursion it is. */
function naiveDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const same = a.at(-1) === b.at(-1);
  const ways = [
    naiveDistance(a.slice(0, -1), b) + 1,
    naiveDistance(a, b.slice(0, -1)) + 1,
    naiveDistance(a.slice(0, -1), b.slice(0, -1)) + (same ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    ways.push(naiveDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...ways);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

describe('the distance of two words', () => {
  test('is what its definition says, up to the limit', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, limit) => {
        const distance = naiveDistance(a, b);
        expect(editDistance(a, b, limit)).toBe(distance <= limit ? distance : null);
      }),
      { numRuns: 400 },
    );
  });

  test('is the same both ways', () => {
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b, 9) === editDistance(b, a, 9)));
  });
});

describe('typos', () => {
  test.each([
    ['join', 0],
    ['summer', 1],
    ['offer 66', 1],
    ['newslett', 1],
    ['newslette', 2],
    ['été été', 1],
    ['🎉🎉🎉🎉🎉', 0],
  ])('%s forgives %i', (typed, forgiven) => {
    expect(typosForgiven(typed)).toBe(forgiven);
  });

  test.each([
    ['sumer', 'summer', 1],
    ['smumer', 'summer', 1],
    ['smmuer', 'summer', null],
    ['simmer', 'summer', 1],
    ['sumeer', 'summer', 1],
    ['smr', 'summer', null],
    ['sumr', 'summer', null],
    ['joun', 'join', null],
    ['newsleter', 'newsletter', 1],
    ['nwesleter', 'newsletter', 2],
    ['newsltr', 'newsletter', null],
    ['offer66', 'offer66', 0],
    ['ofer66', 'offer66', 1],
    ['offer99', 'offer66', null],
    ['offer67', 'offer66', null],
    ['offer6', 'offer66', null],
    ['offerr6', 'offer66', null],
    ['repairbath', 'repair bath', 1],
  ])('%s for %s: %s', (typed, meant, typos) => {
    expect(typosBetween(typed, meant)).toBe(typos);
  });
});

describe('the index of remainders', () => {
  const words = fc.array(
    fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 10 }),
      typos: fc.constantFrom<1 | 2>(1, 2),
    }),
    { maxLength: 30 },
  );

  test('misses no word within reach', () => {
    fc.assert(
      fc.property(
        words,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 12 }),
        (list, typed) => {
          const near = new DeletionIndex(list).near(typed, 2);
          list.forEach(({ text, typos }, number) => {
            if (editDistance(typed, text, typos) !== null) expect(near).toContain(number);
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});
