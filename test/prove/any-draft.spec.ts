import { describe, expect, test } from '@jest/globals';
import { costOf } from '#flows/prove/cost.ts';
import { generate } from '#flows/prove/generate.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import * as fc from '../support/properties.ts';
import { randomDraft, randomFlow } from '../support/random-drafts.ts';
import { end, FIRST, parsed, read, say } from './draw.ts';

const drafts = fc.oneof(randomDraft, randomFlow);
const small = { exactStates: 600, maxStates: 5_000 };

describe('any draft, however unfinished', () => {
  test('can be proved, told and counted without a fault', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const flow = read(draft);
        const { findings, certificate } = prove(flow, proofWorld(), small);
        for (const { message, code, property } of findings)
          expect([message, code, property].every(Boolean)).toBe(true);
        expect(certificate.results.length).toBeGreaterThan(15);
        expect(generate(flow, proofWorld(), small).conversations).toBeInstanceOf(Array);
        expect(costOf(flow, proofWorld(), small).min).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });

  test('is proved the same twice', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        expect(prove(read(draft), proofWorld(), small)).toEqual(prove(read(draft), proofWorld(), small));
      }),
      { numRuns: 30 },
    );
  });
});

test('keywords that never meet do not collide', () => {
  const flow = (trigger: object) =>
    parsed({
      triggers: [{ kind: 'keyword', words: ['GO'], ...trigger }],
      nodes: { hello: say(FIRST), done: end },
      edges: ['hello.next > done'],
    });
  const codes = (own: object, other: object) => {
    const triggers = [{ kind: 'keyword' as const, words: ['GO'], ...other }];
    const world = proofWorld({ lists: {}, otherFlows: [{ name: 'Other', triggers }] });
    return prove(flow(own), world).findings.map(({ code }) => code);
  };
  const summer = { from: '2026-06-01T00:00:00Z', until: '2026-09-01T00:00:00Z' };
  const autumn = { from: '2026-09-01T00:00:00Z' };
  expect(codes({}, {})).toEqual(['keyword.taken']);
  expect(codes({ known: 'known' }, { known: 'unknown' })).toEqual([]);
  expect(codes(summer, autumn)).toEqual([]);
  expect(codes(summer, { from: '2026-08-01T00:00:00Z' })).toEqual(['keyword.taken']);
  expect(codes({ sender: '12345' }, { sender: '67890' })).toEqual([]);
});
