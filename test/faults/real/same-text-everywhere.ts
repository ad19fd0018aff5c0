import type { Fault } from '../fault.ts';

/** A gateway posts each text to three nodes at the same moment, which is a repeat that nobody can be the first to see. */
export const sameTextEverywhere: Fault = {
  name: 'same-text-everywhere',
  summary: 'each text at three nodes at the same moment',
  nodes: 3,
  copies: 3,
  round: (stage) => stage.heard(300),
};
