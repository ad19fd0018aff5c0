/** So many different numbers from a range, as if by chance and the same each time. */
export function somePeople(from: number, to: number, count: number): number[] {
  const range = to - from;
  // A step that shares no divisor with the range visits each number once; one near the golden section jumps about.
  let step = Math.max(1, Math.floor(range * 0.618_034));
  while (divisor(step, range) > 1) step++;
  return Array.from(
    { length: Math.min(count, range) },
    (_, n) => from + Number((BigInt(n) * BigInt(step)) % BigInt(range)),
  );
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
