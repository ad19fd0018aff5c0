import { STREAM } from '#server/inbound-log/log-stream.ts';
import type { Fault } from '../fault.ts';

/**
 * Of three servers that keep the inbound log together the leader ends as by a crash, and the next one as well, while the first only
 * begins to catch up: what two of them had acknowledged stands in one of those that serve.
 */
export const natsCluster: Fault = {
  name: 'nats-cluster',
  summary: 'kill -9 of the leader of three NATS servers, then of the next one',
  nats: 3,
  mostRounds: 10,
  async round(stage) {
    const first = await stage.nats.leaderOf(STREAM);
    await first.kill();
    await stage.heard(50);
    const second = await stage.nats.leaderOf(STREAM);
    await first.restart();
    await second.kill();
    await stage.heard(50);
    await second.restart();
  },
};
