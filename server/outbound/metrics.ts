import { Counter, Gauge, register } from 'prom-client';
import type { Lane } from './lanes.ts';

/** How many sends ended how since the figures were asked for the last time, by account; labels cost more than to count. */
const ended = new Map<string, { kind: string; outcomes: Map<string, number> }>();

/** A text was handed to a gateway, and so it ended. */
export function countSend({ gatewayId, gatewayKind }: Lane, outcome: string): void {
  let account = ended.get(gatewayId);
  if (!account) {
    account = { kind: gatewayKind, outcomes: new Map() };
    ended.set(gatewayId, account);
  }
  account.outcomes.set(outcome, (account.outcomes.get(outcome) ?? 0) + 1);
}

new Counter({
  name: 'textloom_sends_total',
  help: 'Texts handed to gateways, by how it ended.',
  labelNames: ['gateway', 'kind', 'outcome'],
  registers: [register],
  collect() {
    for (const [gateway, { kind, outcomes }] of ended)
      for (const [outcome, sends] of outcomes) this.inc({ gateway, kind, outcome }, sends);
    ended.clear();
  },
});

export const lag = new Gauge({
  name: 'textloom_outbox_lag_seconds',
  help: 'How long the oldest text that may be sent had been due at the last claim, in seconds. Marketing that nobody waits for is left out.',
  registers: [register],
});

export const inFlight = new Gauge({
  name: 'textloom_gateway_in_flight',
  help: 'Texts on their way to a gateway whose answer is not there yet.',
  labelNames: ['gateway'],
  registers: [register],
});

export const troubles = new Counter({
  name: 'textloom_gateway_troubles_total',
  help: 'Sends that a gateway could not take, by what the trouble was.',
  labelNames: ['gateway', 'kind', 'trouble'],
  registers: [register],
});

export const ceilings = new Counter({
  name: 'textloom_sender_ceilings_total',
  help: 'Texts that met the ceiling of their sender for a day.',
  labelNames: ['outcome'],
  registers: [register],
});
