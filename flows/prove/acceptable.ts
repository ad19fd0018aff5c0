import type { Issue } from '../definition/issue.ts';

/** The code of the finding that a flow is too big to be explored to the end. */
export const BOUNDED = 'explored.bounded';

/**
 * Whether somebody may publish in spite of a finding, with a reason that the version keeps: warnings, what could not be replayed,
 * and an exploration that was cut short. An error that was shown to happen has to be mended.
 */
export const isAcceptable = ({
  severity,
  code,
  witness,
}: Issue & { witness?: { replayed: boolean } }): boolean =>
  severity === 'warning' || code === BOUNDED || witness?.replayed === false;
