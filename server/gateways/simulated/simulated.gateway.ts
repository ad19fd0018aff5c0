import type { Gateway } from '../gateway.ts';
import { answerJson, receiveJson } from '../json-body.ts';

/** A carrier that exists only here: takes texts as plain JSON and delivers every reply at once. For demos, tests and benches. */
export const simulatedGateway: Gateway = {
  kind: 'simulated',
  methods: ['POST'],
  confirmsStop: false,
  receive: receiveJson,
  answer: answerJson,
  send: async (text) => ({ outcome: 'delivered', gatewayMessageId: `sim-${text.id}` }),
};
