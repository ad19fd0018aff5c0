import { ALPHA } from '#shared/stats/test-terms.ts';

/** What has to be known of a comparison with the first version. */
interface Compared {
  ready: boolean;
  p: number;
  difference: number;
}

/**
 * The comparison that a result is told by: of those that are sure, else of those with enough people, the one with the largest
 * difference; undefined where it is too early for any.
 */
export function tellingOf<One extends Compared>(
  comparisons: readonly One[],
): { comparison: One | undefined; isSure: boolean } {
  const seen = comparisons.filter(({ ready }) => ready);
  const sure = seen.filter(({ p }) => p < ALPHA);
  const isSure = sure.length > 0;
  const [comparison] = [...(isSure ? sure : seen)].sort((a, b) => b.difference - a.difference);
  return { comparison, isSure };
}
