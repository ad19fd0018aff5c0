import type { Fault } from '../fault.ts';

/** A node ends as by a power cut; the others go on, and it comes back. */
export const nodeKilled: Fault = {
  name: 'node-killed',
  summary: 'kill -9 of a node',
  async round(stage) {
    const node = stage.anyNode();
    await node.kill();
    await stage.heard(20);
    await node.run();
  },
};
