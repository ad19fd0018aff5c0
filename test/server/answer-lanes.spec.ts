import { describe, expect, test } from '@jest/globals';
import { AnswerLanes } from '#server/outbound/answer-lanes.ts';
import type { Lane } from '#server/outbound/lanes.ts';
import { laneOf } from '../support/lane.ts';

const [world, sender] = [{ revision: '1' }, { id: 'sender', gatewayId: 'gateway' }];
const { limits } = laneOf();
let now = 0;

function noted(more: Partial<Lane> = {}): AnswerLanes {
  now = 0;
  const lanes = new AnswerLanes(() => now);
  lanes.note([laneOf(more)]);
  return lanes;
}

describe('a sender’s replies', () => {
  test('go the way that was last read', () => {
    expect(noted().in(world, sender)).toEqual(laneOf());
    const lanes = noted({ restsUntil: 5 });
    lanes.note([laneOf()]);
    expect(lanes.in(world, sender)).toEqual(laneOf());
  });

  test.each<[string, Partial<Lane>]>([
    ['what nobody waits for was read', { rank: 1 }],
    ['another sender was', { senderId: 'other' }],
    ['something of the workspace was changed', { revision: '0' }],
    ['they go through another gateway by now', { gatewayId: 'other' }],
    ['their gateway rests', { restsUntil: 5 }],
    ['their sender has a pace', { limits: { ...limits, perSecond: 10 } }],
    ['their gateway has', { gatewayConfig: { perSecond: 10 } }],
    [
      'an operator has',
      { limits: { ...limits, operators: [{ operator: 'US', perSecond: 1, mostADay: null }] } },
    ],
  ])('wait for a claim where %s', (_, more) => {
    expect(noted(more).in(world, sender)).toBeNull();
  });

  test('wait for one where that was read too long ago', () => {
    const lanes = noted();
    now = 5_000;
    expect(lanes.in(world, sender)).not.toBeNull();
    now = 5_001;
    expect(lanes.in(world, sender)).toBeNull();
  });
});
