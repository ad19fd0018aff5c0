import type { Fault } from '../fault.ts';

/** The NATS that keeps texts until they are decided ends as by a crash, and comes back on what it has stored. */
export const natsKilled: Fault = {
  name: 'nats-killed',
  summary: 'kill -9 of the NATS in front of the database',
  nats: 1,
  async round(stage) {
    const [nats] = stage.nats.servers;
    await nats?.kill();
    await stage.pause(2_000);
    await nats?.restart();
  },
};
