import { describe, expect, test } from '@jest/globals';
import { generate } from '#flows/prove/generate.ts';
import { ProofMemory } from '#flows/prove/memory.ts';
import { prove, proving } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import * as fc from '../support/properties.ts';
import { bigFlow } from './big-flow.ts';
import { FIRST, parsed, read, say, type Sketch } from './draw.ts';
import { smallMachine } from './small-machines.ts';
import { randomFlow } from '../support/random-drafts.ts';

const WORLDS = [
  proofWorld({ lists: { news: { optIn: 'double' }, club: { optIn: 'single' } }, otherFlows: [] }),
  proofWorld({ lists: { news: { optIn: 'single' }, club: { optIn: 'double' } }, otherFlows: [] }),
];

/** One thing that an author does to a drawing, taken from another one: a step drawn anew, a line, a line gone, other keywords. */
type Edit = { other: Sketch; take: 'step' | 'line' | 'no-line' | 'keyword' | 'languages'; at: number };

const edit: fc.Arbitrary<Edit> = fc.record({
  other: smallMachine,
  take: fc.constantFrom('step', 'step', 'line', 'line', 'no-line', 'keyword', 'languages'),
  at: fc.nat({ max: 100 }),
});

const portOf = (line: string): string => line.split(' ')[0] ?? '';

function edited(sketch: Sketch, { other, take, at }: Edit): Sketch {
  const nth = <One>(all: readonly One[]): One | undefined => all[at % Math.max(1, all.length)];
  const line = nth(other.edges);
  const gone = nth(sketch.edges);
  switch (take) {
    case 'step': {
      const step = nth(Object.entries(other.nodes));
      return { ...sketch, nodes: { ...sketch.nodes, ...(step ? { [step[0]]: step[1] } : {}) } };
    }
    case 'line':
      return line
        ? { ...sketch, edges: [...sketch.edges.filter((one) => portOf(one) !== portOf(line)), line] }
        : sketch;
    case 'no-line':
      return { ...sketch, edges: sketch.edges.filter((one) => one !== gone) };
    case 'keyword':
      return { ...sketch, keywords: [['GO'], ['GO', 'YES'], ['PARIS']][at % 3] ?? [] };
    case 'languages':
      return { ...sketch, languages: at % 2 ? ['en', 'fr'] : ['en'] };
  }
}

/** A drawing, and what becomes of it edit by edit. */
function history(first: Sketch, edits: readonly Edit[]): Sketch[] {
  const all = [first];
  for (const one of edits) all.push(edited(all.at(-1) ?? first, one));
  return all;
}

const drafts = fc.oneof(
  fc
    .tuple(smallMachine, fc.array(edit, { minLength: 1, maxLength: 5 }))
    .map(([first, edits]) => history(first, edits).map(parsed)),
  fc.array(randomFlow, { minLength: 2, maxLength: 3 }).map((flows) => flows.map(read)),
);
const limits = fc.constantFrom({ exactStates: 600, maxStates: 4_000 }, { exactStates: 20, maxStates: 400 });

describe('with what the proof before has left behind', () => {
  test('an edited draft is proved as from scratch', () => {
    fc.assert(
      fc.property(drafts, limits, fc.array(fc.nat({ max: 60 })), (flows, limit, patience) => {
        const memory = new ProofMemory();
        flows.forEach((flow, at) => {
          const world = WORLDS[(patience[at] ?? 0) > 55 ? 1 : 0] ?? proofWorld();
          // Some drafts are given up when the next one comes.
          const given = proving(flow, world, { ...limit, memory });
          for (let step = 0; step < (patience[at] ?? 0); step++) given.next();
          expect(prove(flow, world, { ...limit, memory })).toEqual(prove(flow, world, limit));
        });
      }),
      { numRuns: 50 },
    );
  });

  test('conversations are written as from scratch', () => {
    fc.assert(
      fc.property(drafts, (flows) => {
        const memory = new ProofMemory();
        const [world] = WORLDS;
        const limit = { exactStates: 300, maxStates: 2_000 };
        for (const flow of flows)
          expect(generate(flow, world, { ...limit, memory })).toEqual(generate(flow, world, limit));
      }),
      { numRuns: 10 },
    );
  });

  test('other words change nothing but the words', () => {
    const memory = new ProofMemory();
    const [world] = WORLDS;
    const sketch = bigFlow(60);
    const before = prove(parsed(sketch), world, { memory });
    const nodes = { ...sketch.nodes, 'hello-0': say(`${FIRST} Welcome!`, { purpose: 'service' }) };
    const after = prove(parsed({ ...sketch, nodes }), world, { memory });
    expect(after.covered).toEqual(before.covered);
    expect(after.certificate.definitionHash).not.toBe(before.certificate.definitionHash);
  });
});
