import { Counter, Gauge, register } from 'prom-client';

/** How many sends ended how since the figures were asked for the last time; labels cost more than to count. */
const ended = new Map<string, Map<string, number>>();

/** A text was handed to a gateway of this kind, and so it ended. */
export function countSend(gateway: string, outcome: string): void {
  let outcomes = ended.get(gateway);
  if (!outcomes) {
    outcomes = new Map();
    ended.set(gateway, outcomes);
  }
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

new Counter({
  name: 'textloom_sends_total',
  help: 'Texts handed to gateways, by how it ended.',
  labelNames: ['gateway', 'outcome'],
  registers: [register],
  collect() {
    for (const [gateway, outcomes] of ended)
      for (const [outcome, sends] of outcomes) this.inc({ gateway, outcome }, sends);
    ended.clear();
  },
});

export const lag = new Gauge({
  name: 'textloom_outbox_lag_seconds',
  help: 'How long the oldest text that may be sent had been due at the last claim, in seconds.',
  registers: [register],
});

export const inFlight = new Gauge({
  name: 'textloom_gateway_in_flight',
  help: 'Texts on their way to a gateway whose answer is not there yet.',
  labelNames: ['gateway'],
  registers: [register],
});

export const resting = new Gauge({
  name: 'textloom_gateway_resting',
  help: 'Whether a gateway is left alone because it failed again and again (1) or works (0).',
  labelNames: ['gateway'],
  registers: [register],
});

export const troubles = new Counter({
  name: 'textloom_gateway_troubles_total',
  help: 'Sends that a gateway could not take, by what the trouble was.',
  labelNames: ['gateway', 'trouble'],
  registers: [register],
});

export const ceilings = new Counter({
  name: 'textloom_sender_ceilings_total',
  help: 'Texts that met the ceiling of their sender for a day.',
  labelNames: ['outcome'],
  registers: [register],
});
