import { expectedLoss, probabilityBBeatsA } from '#shared/stats/bayes.ts';
import { differenceInterval } from '#shared/stats/difference.ts';
import { benjaminiHochberg } from '#shared/stats/multiple-comparisons.ts';
import { detectableDifference, sampleSizePerArm } from '#shared/stats/power.ts';
import { lift, manyProportionsTest, twoProportionTest, wilson } from '#shared/stats/proportions.ts';
import * as fc from '../../support/properties.ts';
import { seededRandom } from './random.ts';

const arm = (conversions: number, exposures: number) => ({ conversions, exposures });
const anyArm = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([exposures, share]) => arm(Math.round(exposures * share), exposures));

describe('intervals', () => {
  it('hold what was seen and stay within what can be', () => {
    fc.assert(
      fc.property(anyArm, anyArm, (a, b) => {
        const seen = b.conversions / b.exposures - a.conversions / a.exposures;
        const single = wilson(a);
        expect(single.low).toBeLessThanOrEqual(a.conversions / a.exposures);
        expect(single.high).toBeGreaterThanOrEqual(a.conversions / a.exposures);
        for (const method of ['newcombe', 'score'] as const) {
          const { low, high } = differenceInterval(a, b, { method });
          expect(low).toBeLessThanOrEqual(seen + 1e-12);
          expect(high).toBeGreaterThanOrEqual(seen - 1e-12);
          expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
          expect(high).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  // Newcombe 1998, table II, method 10: 56/70 − 48/80 and 10/10 − 0/10.
  it.each([
    [arm(48, 80), arm(56, 70), 0.0524, 0.3339],
    [arm(0, 10), arm(10, 10), 0.6075, 1],
    [arm(0, 20), arm(0, 10), -0.1611, 0.2775],
  ])('are Newcombe’s for %j and %j', (a, b, low, high) => {
    const found = differenceInterval(a, b);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  it('know nothing without contacts', () => {
    expect(wilson(arm(0, 0))).toEqual({ low: 0, high: 1 });
    expect(differenceInterval(arm(0, 0), arm(3, 10))).toEqual({ low: -1, high: 1 });
  });
});

describe('tests', () => {
  it('agree with each other: χ² of two arms is z², and order only turns the sign', () => {
    fc.assert(
      fc.property(anyArm, anyArm, (a, b) => {
        const { z, p } = twoProportionTest(a, b);
        expect(manyProportionsTest([a, b]).chi2).toBeCloseTo(z * z, 6);
        expect(manyProportionsTest([a, b]).p).toBeCloseTo(p, 10);
        expect(twoProportionTest(b, a).z).toBeCloseTo(-z, 10);
        const oneSided = twoProportionTest(a, b, 'larger').p + twoProportionTest(a, b, 'smaller').p;
        expect(oneSided).toBeCloseTo(1, 10);
      }),
    );
  });

  it('find nothing where nothing can be found', () => {
    expect(twoProportionTest(arm(0, 0), arm(0, 0))).toEqual({ z: 0, p: 1 });
    expect(twoProportionTest(arm(0, 10), arm(0, 20))).toEqual({ z: 0, p: 1 });
    expect(manyProportionsTest([arm(0, 10), arm(0, 20), arm(0, 0)])).toEqual({ chi2: 0, df: 1, p: 1 });
  });

  it.each([arm(3, 2), arm(-1, 2), arm(Number.NaN, 2), arm(1, Infinity)])('refuse %j', (impossible) => {
    expect(() => wilson(impossible)).toThrow(RangeError);
    expect(() => twoProportionTest(impossible, arm(1, 2))).toThrow(RangeError);
  });
});

describe('lift', () => {
  it('is relative, and unknown over nothing', () => {
    expect(lift(arm(100, 1000), arm(120, 1000)).lift).toBeCloseTo(0.2, 12);
    expect(lift(arm(0, 1000), arm(120, 1000)).lift).toBeNull();
    const { low, high } = lift(arm(100, 1000), arm(120, 1000)).interval;
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0.2);
  });
});

describe('Bayes', () => {
  // Evan Miller's closed form, term by term, where it does not underflow.
  function closedForm(
    a: { conversions: number; exposures: number },
    b: { conversions: number; exposures: number },
  ): number {
    const [aA, bA] = [a.conversions + 1, a.exposures - a.conversions + 1];
    const [aB, bB] = [b.conversions + 1, b.exposures - b.conversions + 1];
    let term = 1;
    for (let i = 0; i < aA; i++) term *= (bA + i) / (bA + bB + i);
    // B(aA, bA + bB) / B(aA, bA) as a product.
    let sum = 0;
    for (let i = 0; i < aB; i++) {
      sum += term;
      term *= ((aA + i) * (bB + i)) / ((aA + bA + bB + i) * (1 + i));
    }
    return sum;
  }

  it('agrees with the closed form and its mirror image', () => {
    const small = fc
      .tuple(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([exposures, share]) => arm(Math.round(exposures * share), exposures));
    fc.assert(
      fc.property(small, small, (a, b) => {
        const p = probabilityBBeatsA(a, b);
        expect(p).toBeCloseTo(closedForm(a, b), 9);
        expect(probabilityBBeatsA(b, a)).toBeCloseTo(1 - p, 9);
      }),
      { numRuns: 25 },
    );
  });

  it('holds for millions of contacts and for other priors', () => {
    const p = probabilityBBeatsA(arm(100_000, 1_000_000), arm(100_500, 1_000_000));
    expect(p).toBeCloseTo(0.8806, 3); // normal approximation: Φ(500 / √(2 · 1e6 · 0.1 · 0.9))
    expect(probabilityBBeatsA(arm(0, 0), arm(0, 0), { alpha: 0.5, beta: 0.5 })).toBeCloseTo(0.5, 8);
  });

  it('loses on average what a simulation loses', () => {
    const [a, b] = [arm(12, 100), arm(15, 100)];
    const random = seededRandom(1);
    // The median of integers' uniform draws: the k-th smallest of n uniforms is Beta(k, n + 1 − k).
    const beta = ({ conversions, exposures }: { conversions: number; exposures: number }) => {
      const draws = Array.from({ length: exposures + 1 }, random).sort((x, y) => x - y);
      return draws[conversions] ?? 0;
    };
    let loss = 0;
    const rounds = 2000;
    for (let i = 0; i < rounds; i++) loss += Math.max(beta(a) - beta(b), 0);
    expect(expectedLoss(a, b)).toBeCloseTo(loss / rounds, 3);
    expect(expectedLoss(b, a) - expectedLoss(a, b)).toBeCloseTo(16 / 102 - 13 / 102, 8);
  });
});

describe('planning', () => {
  it('needs more contacts for less', () => {
    expect(sampleSizePerArm(0.1, 0.01)).toBeGreaterThan(sampleSizePerArm(0.1, 0.02));
    expect(sampleSizePerArm(0.1, -0.02)).toBe(sampleSizePerArm(0.1, 0.02));
    expect(() => sampleSizePerArm(0.1, 0)).toThrow(RangeError);
  });

  it('says which difference so many contacts can show', () => {
    const difference = detectableDifference(0.2, 1030);
    expect(difference).toBeCloseTo(0.05, 3);
    expect(detectableDifference(0.2, 2)).toBeNull();
  });
});

describe('benjaminiHochberg', () => {
  it('keeps the order and takes none or all where it should', () => {
    expect(benjaminiHochberg([0.9, 0.001, 0.5])).toEqual([false, true, false]);
    expect(benjaminiHochberg([0.04, 0.03])).toEqual([true, true]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});
