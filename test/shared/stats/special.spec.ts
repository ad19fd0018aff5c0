import { describe, expect, it } from '@jest/globals';
import { betaCdf } from '#shared/stats/special/beta.ts';
import { gammaQ, logGamma } from '#shared/stats/special/gamma.ts';
import { normalCdf, normalQuantile } from '#shared/stats/special/normal.ts';
import * as fc from '../../support/properties.ts';
import { readVectors } from '../../vectors/read-vectors.ts';

const FUNCTIONS = {
  logGamma: ([x = Number.NaN]) => logGamma(x),
  gammaQ: ([a = Number.NaN, x = Number.NaN]) => gammaQ(a, x),
  betaCdf: ([x = Number.NaN, a = Number.NaN, b = Number.NaN]) => betaCdf(x, a, b),
  normalCdf: ([z = Number.NaN]) => normalCdf(z),
  normalQuantile: ([p = Number.NaN]) => normalQuantile(p),
} satisfies Record<string, (x: number[]) => number>;

const { vectors } = readVectors<{ vectors: { f: keyof typeof FUNCTIONS; x: number[]; y: number }[] }>(
  'special-functions',
);

describe('special functions agree with scipy', () => {
  it.each(vectors.map(({ f, x, y }) => [f, x, y] as const))('%s(%j)', (f, x, y) => {
    const error = Math.abs(FUNCTIONS[f](x) - y) / (Math.abs(y) || 1);
    expect(error).toBeLessThan(f === 'betaCdf' ? 1e-8 : 1e-11);
  });

  it('have the quantile as the inverse of the distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
      }),
    );
  });

  it('refuse what is no probability', () => {
    expect(() => normalQuantile(1.1)).toThrow(RangeError);
    expect(() => normalQuantile(Number.NaN)).toThrow(RangeError);
  });
});
