import type { Fault } from '../fault.ts';

/** A node is asked to end, as for an update, while gateways hold on to their connections to it; it does, and comes back. */
export const nodeUpdated: Fault = {
  name: 'node-updated',
  summary: 'a node is asked to end, and started again',
  nodes: 3,
  async round(stage) {
    const node = await stage.oneOfSeveral();
    await node.stop();
    node.comeBack();
    await stage.heard(50);
  },
};
