import { describe, expect, it } from '@jest/globals';
import { sampleRatio, sampleRatioAlways } from '#shared/stats/sample-ratio.ts';
import { compareAlways, READY_AT } from '#shared/stats/sequential.ts';
import * as fc from '../../support/properties.ts';
import { seededRandom } from './random.ts';

const arm = (conversions: number, exposures: number) => ({ conversions, exposures });

/** How far two arms are apart in standard errors, by the pooled z test, which is made for one look. */
function textbook(a: ReturnType<typeof arm>, b: ReturnType<typeof arm>): number {
  const pooled = (a.conversions + b.conversions) / (a.exposures + b.exposures);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.exposures + 1 / b.exposures));
  return Math.abs(b.conversions / b.exposures - a.conversions / a.exposures) / error;
}

interface Experiment {
  readonly rateA: number;
  readonly rateB: number;
  readonly shareB: number;
  readonly contacts: number;
}

// Looks after each of the first contacts, then whenever one in a hundred has been added: hundreds of looks a run.
const LOOKS: readonly boolean[] = Array.from(
  { length: 4000 },
  (_, i) => i < 100 || i % Math.floor(i / 100) === 0,
);

// Runs experiments contact by contact and counts those in which a look ever finds `wrong`.
function shareOfRuns(
  runs: number,
  { rateA, rateB, shareB, contacts }: Experiment,
  wrong: (
    a: { conversions: number; exposures: number },
    b: { conversions: number; exposures: number },
  ) => boolean,
): number {
  const random = seededRandom(20_261_121);
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const [a, b] = [arm(0, 0), arm(0, 0)];
    for (let contact = 0; contact < contacts; contact++) {
      const [into, rate] = random() < shareB ? ([b, rateB] as const) : ([a, rateA] as const);
      into.exposures++;
      if (random() < rate) into.conversions++;
      if (LOOKS[contact] && wrong(a, b)) {
        found++;
        break;
      }
    }
  }
  return found / runs;
}

describe('compareAlways', () => {
  const ALPHA = 0.05;

  // The seed is fixed; the shares found over 5,000 runs are 1 to 2 %.
  it.each<[string, Experiment]>([
    ['no difference, 10 %', { rateA: 0.1, rateB: 0.1, shareB: 0.5, contacts: 2000 }],
    ['a difference', { rateA: 0.1, rateB: 0.15, shareB: 0.5, contacts: 2000 }],
    ['rare conversions', { rateA: 0.02, rateB: 0.02, shareB: 0.5, contacts: 4000 }],
    ['one arm small', { rateA: 0.3, rateB: 0.3, shareB: 0.1, contacts: 2000 }],
    ['nearly everybody converts', { rateA: 0.9, rateB: 0.95, shareB: 0.5, contacts: 2000 }],
  ])('covers the truth at every look: %s', (_, experiment) => {
    const truth = experiment.rateB - experiment.rateA;
    const missed = shareOfRuns(200, experiment, (a, b) => {
      const { interval } = compareAlways(a, b, { alpha: ALPHA, plannedExposures: 2000 });
      return truth < interval.low || truth > interval.high;
    });
    expect(missed).toBeLessThanOrEqual(ALPHA);
  });

  it('is what the textbook test is not: safe to watch', () => {
    const experiment = { rateA: 0.1, rateB: 0.1, shareB: 0.5, contacts: 2000 };
    const peeking = shareOfRuns(100, experiment, (a, b) => a.exposures > 100 && textbook(a, b) > 1.96);
    const always = shareOfRuns(
      100,
      experiment,
      (a, b) => compareAlways(a, b, { plannedExposures: 2000 }).p < ALPHA,
    );
    expect(peeking).toBeGreaterThan(0.2);
    expect(always).toBeLessThanOrEqual(ALPHA);
  });

  it('finds a real difference within the planned contacts', () => {
    const experiment = { rateA: 0.1, rateB: 0.16, shareB: 0.5, contacts: 4000 };
    const found = shareOfRuns(
      100,
      experiment,
      (a, b) => compareAlways(a, b, { plannedExposures: 4000 }).interval.low > 0,
    );
    expect(found).toBeGreaterThan(0.9);
  });

  it('costs some width against one planned look, and not much', () => {
    const [a, b] = [arm(400, 4000), arm(460, 4000)];
    const { interval } = compareAlways(a, b, { plannedExposures: 8000 });
    const planned = 2 * 1.96 * Math.sqrt((0.1 * 0.9 + 0.115 * 0.885) / 4000);
    const ratio = (interval.high - interval.low) / planned;
    expect(ratio).toBeGreaterThan(1.3);
    expect(ratio).toBeLessThan(1.65);
  });

  // By hand: the formula of `alwaysValid` with √(2(Nρ²+1)/(Nρ²) · ln(√(Nρ²+1)/α)), variances after Agresti & Caffo.
  it('has the interval and the p-value of its formula', () => {
    const found = compareAlways(arm(400, 4000), arm(460, 4000), { plannedExposures: 8000 });
    expect(found.interval.low).toBeCloseTo(-0.0060330891, 9);
    expect(found.interval.high).toBeCloseTo(0.0360330891, 9);
    expect(found.p).toBeCloseTo(0.3732448183, 9);
  });

  it('waits for those who do not convert as for those who do', () => {
    const options = { plannedExposures: 1000 };
    const ready = (b: ReturnType<typeof arm>) => compareAlways(arm(25, 50), b, options).ready;
    expect([ready(arm(READY_AT, 50)), ready(arm(50 - READY_AT, 50))]).toEqual([true, true]);
    expect([ready(arm(READY_AT - 1, 50)), ready(arm(50 - READY_AT + 1, 50))]).toEqual([false, false]);
  });

  it.each([arm(5, 4), arm(-1, 4), arm(0, Number.POSITIVE_INFINITY), arm(Number.NaN, 4)])(
    'refuses counts that no experiment can have: %j',
    (impossible) => {
      const options = { plannedExposures: 1000 };
      expect(() => compareAlways(impossible, arm(25, 50), options)).toThrow(RangeError);
      expect(() => compareAlways(arm(25, 50), impossible, options)).toThrow(RangeError);
    },
  );

  it('refuses a plan for nobody', () => {
    const planned = (plannedExposures: number) => () =>
      compareAlways(arm(25, 50), arm(25, 50), { plannedExposures });
    for (const nobody of [0, -1, Number.NaN]) expect(planned(nobody)).toThrow(RangeError);
  });

  it('says nothing before there is something to say', () => {
    const early = compareAlways(arm(READY_AT - 1, 50), arm(30, 50), { plannedExposures: 1000 });
    expect(early).toMatchObject({ ready: false, p: 1, interval: { low: -1, high: 1 } });
    expect(compareAlways(arm(0, 0), arm(0, 0), { plannedExposures: 1000 })).toMatchObject({
      ready: false,
      difference: 0,
    });
  });

  it('has a p-value below α exactly when the interval leaves 0 out', () => {
    const exposures = fc.integer({ min: 40, max: 5000 });
    const share = fc.double({ min: 0.1, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(
        exposures,
        exposures,
        share,
        share,
        fc.constantFrom(0.01, 0.05, 0.1),
        (na, nb, ra, rb, alpha) => {
          const [a, b] = [arm(Math.round(na * ra), na), arm(Math.round(nb * rb), nb)];
          const { interval, p, ready } = compareAlways(a, b, { alpha, plannedExposures: 2000 });
          if (!ready || Math.abs(p - alpha) < 1e-9) return;
          expect(p < alpha).toBe(interval.low > 0 || interval.high < 0);
        },
      ),
    );
  });
});

describe('sampleRatioAlways', () => {
  // By hand after Lindon & Malek 2022: Γ(100)/Γ(1100) · (Γ(650)·Γ(450))/Γ(50)² · 2^1000.
  it('raises the alarm for 600 against 400 and none for 500 against 500', () => {
    expect(sampleRatioAlways([600, 400], [1, 1])).toMatchObject({ mismatch: true });
    expect(sampleRatioAlways([500, 500], [1, 1])).toEqual({ p: 1, mismatch: false });
    expect(sampleRatioAlways([0, 0], [1, 1])).toEqual({ p: 1, mismatch: false });
  });

  it('has the p-value of its formula, also where the weights differ', () => {
    expect(sampleRatioAlways([600, 400], [1, 1]).p).toBeCloseTo(3.749942e-8, 13);
    expect(sampleRatioAlways([110, 90], [3, 2]).p).toBeCloseTo(0.8815373, 6);
    expect(sampleRatioAlways([90, 110], [0.6, 0.4])).toEqual({
      p: expect.closeTo(0.0038805572, 9),
      mismatch: false,
    });
  });

  it('hardly ever cries wolf, however often one looks', () => {
    const random = seededRandom(7);
    let alarms = 0;
    for (let run = 0; run < 100; run++) {
      const counts = [0, 0, 0];
      let p = 1;
      for (let contact = 0; contact < 1000; contact++) {
        const draw = random();
        const index = draw < 0.5 ? 0 : draw < 0.75 ? 1 : 2;
        counts[index] = (counts[index] ?? 0) + 1;
        if (LOOKS[contact]) p = Math.min(p, sampleRatioAlways(counts, [2, 1, 1]).p);
      }
      if (p < 0.05) alarms++;
    }
    expect(alarms / 100).toBeLessThanOrEqual(0.05);
  });

  it('knows a contact in an arm of weight 0 for a fault, and refuses weights that are none', () => {
    expect(sampleRatioAlways([10, 1], [1, 0])).toEqual({ p: 0, mismatch: true });
    expect(sampleRatio([10, 1], [1, 0])).toMatchObject({ p: 0, mismatch: true });
    expect(() => sampleRatio([1, 2], [1])).toThrow(RangeError);
    expect(() => sampleRatio([1, 2], [0, 0])).toThrow(RangeError);
    expect(() => sampleRatio([1, 2], [2, -1])).toThrow(RangeError);
    expect(sampleRatioAlways([10, 0], [1, 0])).toEqual({ p: 1, mismatch: false });
    expect(sampleRatio([10, 0], [1, 0])).toEqual({ chi2: 0, df: 0, p: 1, mismatch: false });
  });
});
