import { expect, test } from '@jest/globals';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { ask, drawn, end, FIRST, parsed, say } from './draw.ts';

test('a round that waits only for some inside a flow that a step holds is found', () => {
  const isVip = { id: 'vip', when: { variable: 'contact.vip', operator: 'is-set' } };
  const inside = drawn({
    keywords: [],
    nodes: { fork: ['branch', { cases: [isVip] }], tea: ask('Tea?', { purpose: 'service' }), done: end },
    edges: [
      'fork.vip > done',
      'fork.else > tea',
      ...['yes', 'no', 'other', 'timeout'].map((port) => `tea.${port} > done`),
    ],
  });
  const flow = parsed({
    nodes: {
      hello: say(FIRST, { purpose: 'service' }),
      hold: ['subflow', { flow: { id: 'inner', name: 'Inner', version: 1 }, definition: inside }],
      mark: ['tag', { add: ['guest'] }],
    },
    edges: ['hello.next > hold', 'hold.done > mark', 'mark.next > hold'],
  });
  const { findings } = prove(flow, proofWorld({ otherFlows: [] }));
  const round = findings.find(({ code }) => code === 'loop.no-wait');
  expect(round).toMatchObject({ severity: 'error', witness: { replayed: true } });
});
