import type { Lane } from '#server/outbound/lanes.ts';

/** A line of texts of a sender that nothing limits, unless it says otherwise. */
export const laneOf = (more: Partial<Lane> = {}): Lane => ({
  workspaceId: 'workspace',
  revision: '1',
  timeZone: 'UTC',
  gatewayId: 'gateway',
  gatewayKind: 'simulated',
  gatewayConfig: {},
  senderId: 'sender',
  from: '12345',
  rank: 0,
  dueAt: 0,
  limits: {
    country: 'US',
    destinations: [],
    mostSegments: 10,
    mostADay: null,
    overDay: 'tomorrow',
    validMinutes: null,
    perSecond: null,
    countsAs: 'sender',
    operators: [],
  },
  caps: { marketingADay: null, marketingAWeek: null },
  restsUntil: null,
  rests: 0,
  restsFor: null,
  ...more,
});
