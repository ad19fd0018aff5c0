import type { Fault } from '../fault.ts';
import type { Mood } from '../support/far-end.ts';

const FAILING_MS = 4_000;

/** The gateway that takes our texts reads each request, and then does something else than answer at once. */
export const gatewayFails: readonly Fault[] = [
  failing('gateway-slow', 'the gateway takes three seconds', 'slow'),
  failing('gateway-broken', 'the gateway answers 500', 'breaks'),
  failing('gateway-throttles', 'the gateway answers 429', 'throttles'),
  failing('gateway-cuts', 'the gateway cuts the connection when it has read the request', 'cuts'),
];

function failing(name: string, summary: string, mood: Mood): Fault {
  return {
    name,
    summary,
    async round(stage) {
      stage.farEnd.mood = mood;
      await stage.pause(FAILING_MS);
      stage.farEnd.mood = 'takes';
    },
  };
}
