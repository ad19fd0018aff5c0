import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { md5 } from '#shared/draw/md5.ts';
import { digestOf, drawKey, drawPlaces, type Source } from '#shared/draw/rfc3797.ts';
import * as fc from '../../support/properties.ts';
import { readVectors } from '../../vectors/read-vectors.ts';

interface Vector {
  sources: [number, number[], number[]];
  keystring: string;
  digests: string[];
  candidates: string[];
  n: number;
  expected: string[];
  expected_indices_1based: number[];
  extra_keystring: { sources: Source[]; expected: string }[];
}
const { rfc3797: vector } = readVectors<{ rfc3797: Vector }>('draw-rfc3797');
const hex = (digest: bigint): string => digest.toString(16).padStart(32, '0').toUpperCase();

test('MD5 is that of everybody else', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(
      bytes,
      (data) => hex(md5(data)).toLowerCase() === createHash('md5').update(data).digest('hex'),
    ),
    { numRuns: 300 },
  );
});

describe('the draw of RFC 3797', () => {
  const key = drawKey(vector.sources.map((source) => [source].flat()));

  test('makes the key of the published example', () => {
    expect(key).toBe(vector.keystring);
    for (const { sources, expected } of vector.extra_keystring) expect(drawKey(sources)).toBe(expected);
    expect(drawKey(['ab-12', [3, 20, 1]])).toBe('AB12./1.3.20./');
  });

  test('makes its digests and draws its people', () => {
    expect(vector.digests.map((_, pick) => hex(digestOf(key, pick)))).toEqual(vector.digests);
    const places = drawPlaces(key, vector.candidates.length, vector.n);
    expect(places.map((place) => place + 1)).toEqual(vector.expected_indices_1based);
    expect(places.map((place) => vector.candidates[place])).toEqual(vector.expected);
  });

  test('picks one of those that remain, as the rule says word by word', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(60), fc.nat(70), (text, size, picks) => {
        const remaining = Array.from({ length: size }, (_, place) => place);
        const expected: number[] = [];
        for (let pick = 0; pick < picks && remaining.length > 0; pick++) {
          const at = Number(digestOf(drawKey([text]), pick) % BigInt(remaining.length));
          expected.push(...remaining.splice(at, 1));
        }
        expect(drawPlaces(drawKey([text]), size, picks)).toEqual(expected);
      }),
    );
  });

  test('of more people begins as that of fewer', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 5_000_000 }), fc.nat(40), (text, size, picks) => {
        const more = drawPlaces(text, size, picks + 20);
        expect(more.slice(0, picks)).toEqual(drawPlaces(text, size, picks));
        expect(new Set(more).size).toBe(more.length);
        expect(more.every((place) => place >= 0 && place < size)).toBe(true);
      }),
    );
  });

  test('gives everybody the same chance', () => {
    const size = 10;
    const wins = Array.from({ length: size }, () => 0);
    for (let draw = 0; draw < 4_000; draw++)
      for (const place of drawPlaces(`draw ${draw}`, size, 3)) wins[place] = (wins[place] ?? 0) + 1;
    const expected = (4_000 * 3) / size;
    const chiSquare = wins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // The keys are fixed, so this is not left to luck; 27.9 is exceeded one time in a thousand with nine degrees of freedom.
    expect(chiSquare).toBeLessThan(27.9);
  });
});
