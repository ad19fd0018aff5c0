import type { Fault } from '../fault.ts';

/** Longer than the lease of what a node has claimed to send, which is a minute. */
const PAUSED_MS = 65_000;

/** A node stands still as a machine that is moved does, and wakes up believing that it still holds what it held. */
export const nodePaused: Fault = {
  name: 'node-paused',
  summary: `a node stands still for ${PAUSED_MS / 1_000} seconds, longer than its leases`,
  mostRounds: 3,
  async round(stage) {
    const node = stage.anyNode();
    node.hold();
    await stage.pause(PAUSED_MS);
    node.go();
  },
};
