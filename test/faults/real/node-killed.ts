import type { Fault } from '../fault.ts';

/** A node ends as by a power cut; the others go on, and it comes back, maybe while the next one ends. */
export const nodeKilled: Fault = {
  name: 'node-killed',
  summary: 'kill -9 of a node',
  nodes: 4,
  async round(stage) {
    const node = await stage.oneOfSeveral();
    await node.kill();
    node.comeBack();
    await stage.heard(50);
  },
};
