import { gammaQ } from './special/gamma.ts';
import { normalCdf, normalQuantile } from './special/normal.ts';
import { READY_AT, tuning } from './sequential.ts';
import { ALPHA, PLANNED_EXPOSURES, POWER } from './test-terms.ts';

/** A test before it runs, or while it does. */
export interface PlannedTest {
  /** The rate of the first version, 0 to 1, both left out. */
  readonly baseline: number;
  /** The share of people each version gets, the first version's first. Only their relation counts. */
  readonly shares: readonly number[];
}

/**
 * How likely a test whose result is watched has told a difference (absolute, in either direction) by the time that so many people have
 * met it, all versions together: for the version that has to wait longest, with the method and the terms of `compareAlways`. Null
 * where nothing can be compared, or where no rate differs by so much.
 *
 * The estimate times N is a Brownian motion with drift; it must cross the mixture's boundary, which is concave. So the boundary's tangent at
 * N lies above it, and how likely a motion crosses a straight line in time is known exactly [Bachelier–Lévy; Siegmund, Sequential
 * Analysis, 1985, 3.15]. What that leaves out, and that nobody looks after each person, cancel out: simulated tests that are looked at
 * sixty times agree within two points.
 */
export function chanceToTell(test: PlannedTest, difference: number, people: number): number | null {
  const facing = facingOf(test, difference);
  if (facing === null) return null;
  const { rates, parts, alpha } = facing;
  const reach = people * facing.reach;
  if (!(reach > 0)) return 0;
  const perPerson = rates.reduce((sum, rate, arm) => sum + (rate * (1 - rate)) / (parts[arm] ?? 0), 0);
  const drift = Math.abs(difference) / Math.sqrt(perPerson);
  const ready = rates.reduce((chance, rate, arm) => chance * readyBy(reach * (parts[arm] ?? 0), rate), 1);
  return ready * crossing(drift, reach, tuning(PLANNED_EXPOSURES, alpha), alpha);
}

/** People over all versions until the test has told such a difference 4 times in 5, or so often, where it is there; null where it never could. */
export function peopleToTell(test: PlannedTest, difference: number, often = POWER): number | null {
  const enough = (people: number): boolean => (chanceToTell(test, difference, people) ?? 0) >= often;
  if (!enough(MOST_PEOPLE)) return null;
  let [few, many] = [1, MOST_PEOPLE];
  while (many - few > 1) {
    // Halfway between the digits, not the numbers: few steps wherever it lies.
    const middle = Math.min(many - 1, Math.max(few + 1, Math.round(Math.sqrt(few * many))));
    if (enough(middle)) many = middle;
    else few = middle;
  }
  return many;
}

/** The smallest difference that the test would have told by now 4 times in 5; null while it would tell none. */
export function differenceToTell(test: PlannedTest, people: number): number | null {
  const most = Math.max(test.baseline, 1 - test.baseline);
  const told = (difference: number): boolean => (chanceToTell(test, difference, people) ?? 0) >= POWER;
  // Not the whole way: where all of a version reach the goal, it never becomes ready.
  const first = STEPS.find((step) => told(most * step));
  if (first === undefined) return null;
  let [unseen, seen] = [0, most * first];
  for (let step = 0; step < 40; step++) {
    const middle = (unseen + seen) / 2;
    if (told(middle)) seen = middle;
    else unseen = middle;
  }
  return seen;
}

/**
 * People over all versions where the result is looked at once only, at its end: the textbook's number, two-sided
 * [evanmiller.org/ab-testing/sample-size.html], for saying what it costs to be allowed to look.
 */
export function peopleAtOneLook(test: PlannedTest, difference: number): number | null {
  const facing = facingOf(test, difference);
  if (facing === null) return null;
  const { rates, parts, alpha, reach } = facing;
  const [rate = 0] = rates;
  const [first = 0, other = 0] = parts;
  const error = Math.sqrt(rate * (1 - rate) * (1 / first + 1 / other));
  const perPerson = rates.reduce((sum, one, arm) => sum + (one * (1 - one)) / (parts[arm] ?? 0), 0);
  const root = -normalQuantile(alpha / 2) * error + normalQuantile(POWER) * Math.sqrt(perPerson);
  return Math.max(1, Math.round((root / difference) ** 2 / reach));
}

/** More people than there are. */
const MOST_PEOPLE = 10_000_000_000;
const STEPS = [0.001, 0.003, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

interface Facing {
  /** The rates of the first version and the other, the difference towards one half: there it is hardest to see. */
  rates: readonly [number, number];
  /** How the people of these two are shared out between them. */
  parts: readonly [number, number];
  /** The part of all people who meet one of the two. */
  reach: number;
  alpha: number;
}

/** The first version and the one that gets fewest people. */
function facingOf({ baseline, shares }: PlannedTest, difference: number): Facing | null {
  const [first = 0, ...others] = shares;
  const met = others.filter((share) => share > 0);
  const rate = Math.min(baseline, 1 - baseline);
  const changed = rate + Math.abs(difference);
  if (!(first > 0 && met.length > 0 && rate > 0 && changed > rate && changed < 1)) return null;
  const fewest = Math.min(...met);
  const both = first + fewest;
  const all = met.reduce((sum, share) => sum + share, first);
  return {
    rates: [rate, changed],
    parts: [first / both, fewest / both],
    reach: both / all,
    alpha: ALPHA / others.length,
  };
}

/** Whether so many people of a version hold enough who reach the goal, and enough who don't. */
function readyBy(people: number, rate: number): number {
  return (1 - gammaQ(READY_AT, people * rate)) * (1 - gammaQ(READY_AT, people * (1 - rate)));
}

// In units where the estimate of n people times √n has variance 1: the motion at n is `drift`·n on average, the boundary
// √((n + τ)·L) with τ = 1/ρ² and L = ln(1 + n/τ) − 2 ln α.
function crossing(drift: number, n: number, tuned: number, alpha: number): number {
  const log = Math.log1p(n * tuned) - 2 * Math.log(alpha);
  const boundary = Math.sqrt((n + 1 / tuned) * log);
  const slope = (log + 1) / (2 * boundary);
  const start = boundary - n * slope;
  const ahead = (drift - slope) * n;
  const root = Math.sqrt(n);
  const mirrored = normalCdf((-start - ahead) / root);
  const before = mirrored === 0 ? 0 : Math.exp(2 * start * (drift - slope)) * mirrored;
  return Math.min(1, normalCdf((ahead - start) / root) + before);
}
