import { describe, expect, it } from '@jest/globals';
import { expectedLoss, probabilityBBeatsA } from '#shared/stats/bayes.ts';
import * as fc from '../../support/properties.ts';
import { seededRandom } from './random.ts';

const arm = (conversions: number, exposures: number) => ({ conversions, exposures });

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

  it('holds for millions of contacts, and for none', () => {
    const p = probabilityBBeatsA(arm(100_000, 1_000_000), arm(100_500, 1_000_000));
    expect(p).toBeCloseTo(0.8806, 3); // normal approximation: Φ(500 / √(2 · 1e6 · 0.1 · 0.9))
    expect(probabilityBBeatsA(arm(0, 0), arm(0, 0))).toBeCloseTo(0.5, 8);
  });

  it('refuses counts that no experiment can have', () => {
    expect(() => probabilityBBeatsA(arm(5, 4), arm(1, 4))).toThrow(RangeError);
    expect(() => expectedLoss(arm(1, 4), arm(5, 4))).toThrow(RangeError);
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
