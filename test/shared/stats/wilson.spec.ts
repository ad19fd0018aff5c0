import { describe, expect, it } from '@jest/globals';
import { wilson } from '#shared/stats/wilson.ts';
import * as fc from '../../support/properties.ts';

const arm = (conversions: number, exposures: number) => ({ conversions, exposures });
const anyArm = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([exposures, share]) => arm(Math.round(exposures * share), exposures));

describe('the interval of a rate', () => {
  it('holds what was seen and stays within what can be', () => {
    fc.assert(
      fc.property(anyArm, (seen) => {
        const { low, high } = wilson(seen);
        const rate = seen.conversions / seen.exposures;
        expect(low).toBeLessThanOrEqual(rate);
        expect(high).toBeGreaterThanOrEqual(rate);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('knows nothing without contacts', () => {
    expect(wilson(arm(0, 0))).toEqual({ low: 0, high: 1 });
  });

  it.each([arm(3, 2), arm(-1, 2), arm(Number.NaN, 2), arm(1, Infinity)])('refuses %j', (impossible) => {
    expect(() => wilson(impossible)).toThrow(RangeError);
  });
});
