/**
 * Which of several p-values count when a share `q` of false discoveries among them is allowed [Benjamini & Hochberg, JRSS B
 * 57 (1995) 289–300]. For many goals or segments looked at together; the answers are in the order given.
 */
export function benjaminiHochberg(pValues: readonly number[], q = 0.05): boolean[] {
  const sorted = [...pValues].sort((x, y) => x - y);
  const last = sorted.findLastIndex((p, i) => p <= ((i + 1) / sorted.length) * q);
  const limit = sorted[last] ?? -1;
  return pValues.map((p) => p <= limit);
}
