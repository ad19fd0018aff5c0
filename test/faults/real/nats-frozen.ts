import { STREAM } from '#server/inbound-log/log-stream.ts';
import type { Fault } from '../fault.ts';

/** Whoever is connected to it hears nothing, not even that it is gone; when it goes on it believes for a moment that it leads yet. */
export const natsFrozen: Fault = {
  name: 'nats-frozen',
  summary: 'SIGSTOP of the leader of three NATS servers, as of a machine that is moved',
  nats: 3,
  mostRounds: 10,
  async round(stage) {
    const leader = await stage.nats.leaderOf(STREAM);
    leader.hold();
    try {
      await stage.heard(50);
      await stage.pause(stage.chance.below(15_000));
    } finally {
      leader.go();
    }
  },
};
