import { describe, expect, test } from '@jest/globals';
import { explore, exploring } from '#flows/prove/explore.ts';
import { groundOf } from '#flows/prove/ground.ts';
import type { Finding } from '#flows/prove/finding.ts';
import { prove, proving } from '#flows/prove/prove.ts';
import { finish } from '#flows/prove/steps.ts';
import { proofWorld } from '#flows/prove/world.ts';
import * as fc from '../support/properties.ts';
import { randomFlow } from '../support/random-drafts.ts';
import { bigFlow } from './big-flow.ts';
import { ask, end, FIRST, parsed, read, say } from './draw.ts';
import { smallMachine } from './small-machines.ts';

const LISTS = { news: { optIn: 'double' }, club: { optIn: 'single' } } as const;
const WORLD = proofWorld({ lists: LISTS, otherFlows: [] });
const anyFlow = fc.oneof(smallMachine.map(parsed), randomFlow.map(read));
/** How much is explored exactly, and at all. */
const limits = fc.record({
  exactStates: fc.constantFrom(1, 20, 100, 600),
  maxStates: fc.constantFrom(50, 300, 5_000),
});

/** What tells a finding from another, and whether a conversation shows it. */
const placed = ({ code, message, place, witness }: Finding) =>
  JSON.stringify([code, message, place, witness?.replayed]);

/** The same, and how long the conversation is. */
const measured = (finding: Finding) =>
  placed(finding) + finding.witness?.lines.filter((line) => !('hears' in line)).length;

describe('what is proved a step at a time', () => {
  test('is explored as it is at once, whatever is looked at in between', () => {
    fc.assert(
      fc.property(smallMachine, fc.integer({ min: 1, max: 20 }), (sketch, every) => {
        const steps = exploring(groundOf(parsed(sketch), WORLD));
        let taken = 0;
        let step = steps.next();
        for (; !step.done; step = steps.next()) {
          if (++taken % every > 0) continue;
          const { states, soFar } = step.value;
          expect(soFar().states).toHaveLength(states);
          expect(soFar().bounded).not.toBeNull();
        }
        const { states, edges, bounded } = explore(groundOf(parsed(sketch), WORLD));
        expect({ states, edges, bounded }).toEqual({
          states: step.value.states,
          edges: step.value.edges,
          bounded: step.value.bounded,
        });
      }),
      { numRuns: 60 },
    );
  });

  test('is proved as it is at once', () => {
    fc.assert(
      fc.property(anyFlow, limits, (flow, small) => {
        expect(finish(proving(flow, WORLD, { ...small, early: true }))).toEqual(prove(flow, WORLD, small));
      }),
      { numRuns: 30 },
    );
  });

  test('tells early only what is found in the end', () => {
    fc.assert(
      fc.property(anyFlow, limits, fc.constantFrom(1, 3, 30), (flow, small, soon) => {
        const steps = proving(flow, WORLD, { ...small, early: true, soon });
        const certain = new Set<Finding>();
        let step = steps.next();
        for (; !step.done; step = steps.next()) for (const one of step.value.certain) certain.add(one);
        const { findings, certificate } = step.value;
        // With less in mind there are shorter ways that nobody can go, and a longer one may be shown in their place.
        const told = certificate.exact ? measured : placed;
        const found = new Set(findings.map(told));
        expect([...certain].map(told).filter((one) => !found.has(one))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});

test('the mistake of a big flow is told long before everything is explored', () => {
  const sketch = bigFlow(200);
  const nodes = { ...sketch.nodes, first: ask(FIRST), bye: say('Bye.', { purpose: 'service' }), done: end };
  const edges = [
    ...sketch.edges,
    'first.yes > hello-0',
    'first.other > bye',
    'first.timeout > bye',
    'bye.next > done',
  ];
  const flow = parsed({ nodes, edges, start: 'first' });
  const steps = proving(flow, proofWorld({ otherFlows: [] }), { early: true });
  let told = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    if (told > 0 || step.value.certain.length === 0) continue;
    told = step.value.states;
    const [first] = step.value.certain;
    expect(first?.place).toEqual({ node: 'first', port: 'no' });
    expect(first?.witness?.lines.at(-1)).toEqual({ says: 'NO' });
  }
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(1_000);
  expect(step.value.findings.map(({ code }) => code)).toContain('port.open');
});
