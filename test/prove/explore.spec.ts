import { describe, expect, test } from '@jest/globals';
import { outcomeOf, START } from '#flows/engine/events.ts';
import { type Exploration, explore } from '#flows/prove/explore.ts';
import { STOPPED } from '#flows/prove/facts.ts';
import { type Ground, groundOf } from '#flows/prove/ground.ts';
import { roundsOver } from '#flows/prove/rounds.ts';
import { proofWorld } from '#flows/prove/world.ts';
import * as fc from '../support/properties.ts';
import { bigFlow } from './big-flow.ts';
import { bruteForce, type Seen, type Varied } from './brute-force.ts';
import { ask, end, FIRST, parsed, say } from './draw.ts';
import { smallMachine } from './small-machines.ts';

const LISTS = { news: { optIn: 'double' }, club: { optIn: 'single', minimumAge: 18 } } as const;
const WORLD = proofWorld({ lists: LISTS, otherFlows: [] });

/** What an exploration has seen, as far as it can be played. */
function seenBy({ states, edges }: Exploration): Seen {
  const playable = edges.filter(({ doubtful }) => !doubtful);
  const sure = states.filter(({ doubtful, next, node }) => !doubtful && !next && node !== START);
  const passages = playable.flatMap((edge) => edge.passages);
  const rests = sure.filter(({ node }) => outcomeOf(node) === null);
  const ends = sure.filter(({ node }) => outcomeOf(node) !== null);
  const heldBack = playable
    .flatMap(({ notes }) => notes)
    .flatMap((note) => (note.do === 'send' && note.refusal !== null ? [note.node] : []));
  return {
    passages: new Set(passages.map(({ from, port, to }) => `${from}.${port} > ${to}`)),
    rests: new Set(rests.map(({ node, place }) => `${node} ${place}`)),
    ends: new Set(ends.map(({ node }) => node)),
    heldBack: new Set(heldBack),
  };
}

function variedFor({ drawing, lists, ages, isOrdered, flow }: Ground): Varied {
  const text = JSON.stringify(drawing.definition.nodes);
  return {
    lists: [...lists],
    ages: ages.size > 0,
    city: text.includes('contact.city'),
    words: ['Paris', 'yes', 'GO'].filter((word) => text.includes(`"value":"${word}"`)),
    arms: text.includes('"split"') ? ['a', 'b'] : [],
    tags: text.includes('contact.tags'),
    ordered: isOrdered ? flow : null,
  };
}

const listed = (seen: Seen) =>
  Object.fromEntries(Object.entries(seen).map(([name, set]) => [name, [...set].sort()]));

describe('exploring', () => {
  test('finds exactly what trying everything finds', () => {
    let compared = 0;
    fc.assert(
      fc.property(smallMachine, fc.boolean(), (sketch, ordered) => {
        const ground = groundOf(parsed(sketch), { ...WORLD, ordered });
        const brute = bruteForce(ground.sender, variedFor(ground), 2_500);
        if (!brute) return;
        compared++;
        const exploration = explore(ground);
        const seen = seenBy(exploration);
        // A round without a wait has no end to rest in; the engine gives it up.
        const rounds = roundsOver(exploration, ({ happening, doubtful }) => !happening && !doubtful);
        if (rounds.length > 0) for (const { ends } of [seen, brute]) ends.delete('$failed');
        expect(listed(seen)).toEqual(listed(brute));
      }),
      { numRuns: 120 },
    );
    expect(compared).toBeGreaterThan(70);
  }, 120_000);

  test('finds no less where facts are asked anew each time', () => {
    fc.assert(
      fc.property(smallMachine, fc.subarray([STOPPED, 'list news', 'contact.city']), (sketch, track) => {
        const ground = groundOf(parsed(sketch), WORLD);
        const exact = seenBy(explore(ground));
        const loose = seenBy(explore(ground, { track: new Set(track) }));
        expect(isSuperset(loose.passages, exact.passages)).toBe(true);
        expect(isSuperset(loose.rests, exact.rests)).toBe(true);
        expect(isSuperset(loose.ends, exact.ends)).toBe(true);
        expect(isSuperset(loose.heldBack, exact.heldBack)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('comes to every state on the shortest way first', () => {
    fc.assert(
      fc.property(smallMachine, (sketch) => {
        const { states, edges, leaving } = explore(groundOf(parsed(sketch), WORLD));
        const depths = new Map([[0, 0]]);
        for (let depth = 0, layer = [0]; layer.length > 0; depth++) {
          const later: number[] = [];
          for (const state of layer) {
            for (const edge of (leaving[state] ?? []).filter(({ doubtful }) => !doubtful)) {
              if (depths.has(edge.to)) continue;
              depths.set(edge.to, depth + (edge.happening ? 1 : 0));
              (edge.happening ? later : layer).push(edge.to);
            }
          }
          layer = later;
        }
        for (const { id, depth, doubtful } of states) if (!doubtful) expect(depth).toBe(depths.get(id));
        expect(edges.every(({ from, id }) => leaving[from]?.some((edge) => edge.id === id))).toBe(true);
      }),
    );
  });

  test('says how deep it came when it gives up', () => {
    const ground = groundOf(parsed(bigFlow(100)), WORLD);
    const { bounded, states } = explore(ground, { maxStates: 300 });
    expect(bounded?.depth).toBeGreaterThan(0);
    expect(states.length).toBeLessThan(400);
    expect(explore(ground, { track: new Set() }).bounded).toBeNull();
  });

  test('forgets what nothing ahead asks about', () => {
    const branch = [
      'branch',
      { cases: [{ id: 'vip', when: { variable: 'contact.vip', operator: 'is-set' } }] },
    ] as const;
    const ground = groundOf(
      parsed({
        nodes: { fork: branch, hello: say(FIRST), ask: ask('Well?'), done: end },
        edges: [
          'fork.vip > hello',
          'fork.else > hello',
          'hello.next > ask',
          'ask.yes > done',
          'ask.no > done',
          'ask.other > done',
          'ask.timeout > done',
        ],
      }),
      WORLD,
    );
    const { states } = explore(ground);
    expect(states.filter(({ node, place }) => node === 'ask' && place === 'wait-0')).toHaveLength(1);
  });
});

const isSuperset = (all: ReadonlySet<string>, some: ReadonlySet<string>): boolean =>
  [...some].every((one) => all.has(one));
