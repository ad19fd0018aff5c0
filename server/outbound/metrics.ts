import { Counter, Gauge, register } from 'prom-client';

export const sends = new Counter({
  name: 'textloom_sends_total',
  help: 'Texts handed to gateways, by how it ended.',
  labelNames: ['gateway', 'outcome'],
  registers: [register],
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
