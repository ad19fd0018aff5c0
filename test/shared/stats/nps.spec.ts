import { nps, npsCategory, npsCounts, npsDifference } from '#shared/stats/nps.ts';
import * as fc from '../../support/properties.ts';
import { readVectors } from '../../vectors/read-vectors.ts';

const vectors = readVectors<{
  boundaries: { score: number; expected: string }[];
  scores: { id: string; scores: number[]; expected: number | null }[];
}>('nps');

describe('npsCategory', () => {
  it.each(vectors.boundaries.map(({ score, expected }) => [score, expected] as const))(
    '%d is %s',
    (score, expected) => {
      expect(npsCategory(score) ?? 'error').toBe(expected);
    },
  );

  it.each([8.5, Number.NaN, Infinity])('%d is no answer', (score) => {
    expect(npsCategory(score)).toBeNull();
  });
});

describe('nps', () => {
  it.each(vectors.scores.map(({ id, scores, expected }) => [id, scores, expected] as const))(
    '%s',
    (_, scores, expected) => {
      const found = nps(npsCounts(scores));
      if (expected === null) expect(found).toBeNull();
      else expect(found?.score).toBeCloseTo(expected, 10);
    },
  );

  it('has the standard error of answers coded +1, 0, −1', () => {
    const found = nps({ promoters: 30, passives: 50, detractors: 20 });
    expect(found?.standardError).toBeCloseTo(100 * Math.sqrt((0.5 - 0.01) / 100), 10);
  });

  it('has an interval that holds the score, within −100 and 100, and is never a point', () => {
    const count = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(count, count, count, (promoters, passives, detractors) => {
        const found = nps({ promoters, passives, detractors });
        if (found === null) return;
        const { low, high } = found.interval;
        expect(high).toBeGreaterThan(low);
        expect(low).toBeGreaterThanOrEqual(-100);
        expect(high).toBeLessThanOrEqual(100);
        expect(found.score).toBeGreaterThanOrEqual(low - 1e-9);
        expect(found.score).toBeLessThanOrEqual(high + 1e-9);
      }),
    );
  });
});

describe('npsDifference', () => {
  it('tells a clear difference from none', () => {
    const good = { promoters: 80, passives: 15, detractors: 5 };
    const bad = { promoters: 20, passives: 30, detractors: 50 };
    expect(npsDifference(bad, good)).toEqual({ difference: 105, p: expect.any(Number) });
    expect(npsDifference(bad, good)?.p).toBeLessThan(1e-6);
    expect(npsDifference(good, good)).toEqual({ difference: 0, p: 1 });
    expect(npsDifference(good, { promoters: 0, passives: 0, detractors: 0 })).toBeNull();
  });

  it('is not fooled by one answer each', () => {
    const lone = { promoters: 1, passives: 0, detractors: 0 };
    expect(npsDifference({ promoters: 0, passives: 0, detractors: 1 }, lone)?.p).toBeGreaterThan(0.05);
  });
});
