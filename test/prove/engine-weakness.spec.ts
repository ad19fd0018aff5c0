import { expect, test } from '@jest/globals';
import { Phone } from '#flows/engine/phone.ts';
import { groundOf } from '#flows/prove/ground.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { parsed } from './draw.ts';

const roundToItself = {
  nodes: { join: ['subscribe', { list: 'news' }] as const },
  edges: ['join.next > join'],
};

// Only on the phone of a draft: `loop.no-wait` keeps such a drawing from being published.
test.failing('a step that leads to itself without a wait ends the run as failed, like any other round', () => {
  const phone = new Phone({
    world: groundOf(parsed(roundToItself), proofWorld()).sender,
    phone: '+12025550123',
    startAt: 0,
  });
  phone.says('GO');
  expect(phone.run).toMatchObject({ status: 'ended', outcome: 'failed' });
});

test('such a run is seen to wait for ever', () => {
  const codes = prove(parsed(roundToItself), proofWorld()).findings.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['loop.no-wait', 'wait.stuck']));
});
