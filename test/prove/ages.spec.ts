import { expect, test } from '@jest/globals';
import { printTranscript } from '#flows/engine/transcript.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld, seenByOthers } from '#flows/prove/world.ts';
import { ask, drawn, end, FIRST, parsed, read, say } from './draw.ts';

const WORLD = proofWorld({
  lists: { wine: { optIn: 'single', minimumAge: 21 }, news: { optIn: 'double' } },
  otherFlows: [],
});

test('what goes wrong only for people who answered their age before is shown with one of them', () => {
  const flow = parsed({
    nodes: {
      offer: say(FIRST, { purpose: 'marketing', list: 'wine' }),
      more: say('And this. STOP to end.', { purpose: 'marketing', list: 'news' }),
      done: end,
    },
    edges: ['offer.next > more', 'offer.suppressed > done', 'more.next > done'],
  });
  const [found, ...others] = prove(flow, WORLD).findings;
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    code: 'marketing.unanswered',
    severity: 'error',
    place: { node: 'more' },
    witness: { replayed: true, given: ['is on wine', 'has answered to be 21 or over'] },
  });
  expect(printTranscript(found?.witness?.lines ?? [])).toMatch(/^> GO\n< /);
});

test('other flows hear what is asked inside a flow that a step holds', () => {
  const inside = drawn({ nodes: { ask: ask('Tea?'), done: end }, edges: [], keywords: [] });
  const outer = read(
    drawn({
      nodes: {
        hold: ['subflow', { flow: { id: 'tea', name: 'Tea', version: 1 }, definition: inside }],
        done: end,
      },
      edges: ['hold.done > done'],
    }),
  );
  expect(seenByOthers(outer).answers).toEqual(expect.arrayContaining(['YES', 'NO']));
});
