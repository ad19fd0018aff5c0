import { lineKey } from '../../../lib/rehearsal/path.ts';
import type { LineCoverage } from '../canvas/overlay.ts';
import type { DraftProof } from './use-proof.ts';

/** How each line of the drawing is covered, by line key; null until the conversations were played. */
export function coverageOf({
  explored,
  played,
}: Pick<DraftProof, 'explored' | 'played'>): ReadonlyMap<string, LineCoverage> | null {
  if (!played) return null;
  const walkable = explored && new Set(explored.walkable);
  return new Map(
    played.covered.map(([line, conversations]) => {
      const at = line.indexOf('.');
      return [
        lineKey(line.slice(0, at), line.slice(at + 1)),
        { conversations, walkable: walkable === null || explored?.states === 0 || walkable.has(line) },
      ];
    }),
  );
}
