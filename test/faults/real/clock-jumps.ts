import type { Fault } from '../fault.ts';

const AHEAD_MS = 120_000;

/** The clocks of all machines jump ahead, and back again; then that of one alone. */
export const clockJumps: Fault = {
  name: 'clock-jumps',
  summary: `the clocks jump ${AHEAD_MS / 1_000} seconds ahead, and back, together and apart`,
  async round(stage) {
    for (const nodes of [stage.nodes, [stage.anyNode()]])
      for (const ahead of [AHEAD_MS, 0]) {
        for (const node of nodes) node.moveClock(ahead);
        await stage.heard(100);
      }
  },
};
