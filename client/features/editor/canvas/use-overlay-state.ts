import { useEffect, useMemo } from 'react';
import type { Issue } from '#flows/definition/issue.ts';
import { rehearsal } from '../../../lib/rehearsal/rehearsal.ts';
import type { DraftProof } from '../proof/use-proof.ts';
import { coverageOf } from '../proof/coverage-of.ts';
import { badgesOf } from '../store/issues.ts';
import { createOverlay, type OverlayStore } from './overlay.ts';

/** The overlay of the canvas being edited: its problems, the way the phone goes, and, where asked for, what is covered. */
export function useOverlayState(
  issues: readonly Issue[],
  proof: Pick<DraftProof, 'explored' | 'played'> | null,
): OverlayStore {
  const overlay = useMemo(createOverlay, []);
  useEffect(() => overlay.setState({ badges: badgesOf(issues) }), [overlay, issues]);
  useEffect(() => overlay.setState({ coverage: proof && coverageOf(proof) }), [overlay, proof]);
  useEffect(() => {
    overlay.setState({ path: rehearsal.store.getState().path });
    return rehearsal.store.subscribe(({ path }) => overlay.setState({ path }));
  }, [overlay]);
  return overlay;
}
