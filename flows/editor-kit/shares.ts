/** The share of people each weight stands for, as whole percent that add up to 100; all zero where nobody gets anything. */
export function shares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  if (total === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (Math.max(0, weight) / total) * 100);
  const whole = exact.map(Math.floor);
  let missing = 100 - whole.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, rest: share % 1 }))
    .sort((a, b) => b.rest - a.rest);
  for (const { index } of byRemainder) {
    if (missing-- <= 0) break;
    whole[index] = (whole[index] ?? 0) + 1;
  }
  return whole;
}
