import { type Arm, checkArms } from './arm.ts';
import { betaCdf, logBeta } from './special/beta.ts';

/** Belief about a rate: the Beta distribution of its conversions and non-conversions. */
interface Belief {
  readonly alpha: number;
  readonly beta: number;
}

/** Probability that arm b converts better than arm a, given what was seen and nothing believed before. */
export function probabilityBBeatsA(a: Arm, b: Arm): number {
  checkArms(a, b);
  return beats(posterior(a), posterior(b));
}

/**
 * What is lost on average, in conversions per contact, by choosing arm b when a might be the better one: E[max(A − B, 0)].
 * A choice whose loss is too small to care about can be made although it is not certain [Stucchio, VWO whitepaper, 2015].
 */
export function expectedLoss(a: Arm, b: Arm): number {
  checkArms(a, b);
  const [pa, pb] = [posterior(a), posterior(b)];
  // A·1(A > B) integrates to mean(A) · P(A' > B), where A' has one conversion more; likewise for B.
  const oneMore = (p: Belief): Belief => ({ ...p, alpha: p.alpha + 1 });
  return Math.max(0, mean(pa) * beats(pb, oneMore(pa)) - mean(pb) * (1 - beats(pa, oneMore(pb))));
}

/** The uniform distribution, Beta(1, 1), and what was seen since. */
const posterior = ({ exposures, conversions }: Arm): Belief => ({
  alpha: 1 + conversions,
  beta: 1 + exposures - conversions,
});

const mean = ({ alpha, beta }: Belief): number => alpha / (alpha + beta);

// Points of the quadrature; the integrand is smooth, so that these give ten digits.
const STEPS = 600;

// P(B > A) for two Beta variables: ∫ f_B(x) F_A(x) dx by the trapezoid rule over u = ln(x / (1 − x)), where the tails of
// Beta(α, β) fall like exp(αu) and exp(−βu).
function beats(a: Belief, b: Belief): number {
  const centre = Math.log(b.alpha / b.beta);
  const spread = 10 * Math.sqrt(1 / b.alpha + 1 / b.beta);
  const from = centre - spread - 30 / b.alpha;
  const to = centre + spread + 30 / b.beta;
  const width = (to - from) / STEPS;
  const scale = logBeta(b.alpha, b.beta);
  let sum = 0;
  for (let i = 0; i <= STEPS; i++) {
    const u = from + i * width;
    const logX = -Math.log1p(Math.exp(-u));
    const logRest = -Math.log1p(Math.exp(u));
    sum += Math.exp(b.alpha * logX + b.beta * logRest - scale) * betaCdf(Math.exp(logX), a.alpha, a.beta);
  }
  return Math.min(1, sum * width);
}
