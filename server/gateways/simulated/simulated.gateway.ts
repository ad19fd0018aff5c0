import type { Gateway } from '../gateway.ts';
import { answerJson, receiveJson } from '../json-body.ts';

/** Numbers that end so can't be reached, so that one can see what happens then. */
const NOBODY = '0404';

/**
 * A carrier that exists only here: takes texts as plain JSON and reports every reply as delivered at once, except to numbers that
 * end in 0404. For demos, tests and benches.
 */
export const simulatedGateway: Gateway = {
  kind: 'simulated',
  methods: ['POST'],
  confirmsStop: false,
  mostAtOnce: 500,
  receive: receiveJson,
  answer: answerJson,
  send: async ({ id, to }) =>
    to.endsWith(NOBODY)
      ? { outcome: 'failed', reason: `The simulated carrier reaches nobody whose number ends in ${NOBODY}.` }
      : { outcome: 'delivered', gatewayMessageId: `sim-${id}` },
};
