import { useEffect, useMemo } from 'react';
import type { Issue } from '#flows/definition/issue.ts';
import { rehearsal } from '../../../lib/rehearsal/rehearsal.ts';
import { badgesOf } from '../store/issues.ts';
import { createOverlay, type OverlayStore } from './overlay.ts';

/** The overlay of the canvas being edited: its problems, and the way the phone goes. */
export function useOverlayState(issues: readonly Issue[]): OverlayStore {
  const overlay = useMemo(createOverlay, []);
  useEffect(() => overlay.setState({ badges: badgesOf(issues) }), [overlay, issues]);
  useEffect(() => {
    overlay.setState({ path: rehearsal.store.getState().path });
    return rehearsal.store.subscribe(({ path }) => overlay.setState({ path }));
  }, [overlay]);
  return overlay;
}
