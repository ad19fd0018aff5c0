import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { outcomeOf, START } from '#flows/engine/events.ts';
import { type Exploration, explore } from '#flows/prove/explore.ts';
import { type Ground, groundOf } from '#flows/prove/ground.ts';
import { roundsOver } from '#flows/prove/rounds.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { bruteForce, type Seen, type Varied } from './brute-force.ts';
import { parsed } from './draw.ts';
import { smallMachine } from './small-machines.ts';

const WORLD = proofWorld({ lists: { news: { optIn: 'double' }, club: { optIn: 'single' } }, otherFlows: [] });

/** What an exploration has seen, as far as it can be played. */
function seenBy({ states, edges }: Exploration): Seen {
  const playable = edges.filter(({ doubtful }) => !doubtful);
  const sure = states.filter(({ doubtful, next, node }) => !doubtful && !next && node !== START);
  return {
    passages: new Set(
      playable.flatMap(({ passages }) => passages.map(({ from, port, to }) => `${from}.${port} > ${to}`)),
    ),
    rests: new Set(
      sure.filter(({ node }) => outcomeOf(node) === null).map(({ node, place }) => `${node} ${place}`),
    ),
    ends: new Set(sure.filter(({ node }) => outcomeOf(node) !== null).map(({ node }) => node)),
    heldBack: new Set(
      playable.flatMap(({ notes }) =>
        notes.flatMap((note) => (note.do === 'send' && note.refusal !== null ? [note.node] : [])),
      ),
    ),
  };
}

function variedFor({ drawing, lists }: Ground): Varied {
  const text = JSON.stringify(drawing.definition.nodes);
  return {
    lists: [...lists],
    city: text.includes('contact.city'),
    arms: text.includes('"split"') ? ['a', 'b'] : [],
  };
}

const sortedSets = (seen: Seen) =>
  Object.fromEntries(Object.entries(seen).map(([name, set]) => [name, [...set].sort()]));

describe('exploring', () => {
  test('finds exactly what trying everything finds', () => {
    let compared = 0;
    fc.assert(
      fc.property(smallMachine, (sketch) => {
        const ground = groundOf(parsed(sketch), WORLD);
        const exploration = explore(ground);
        const brute = bruteForce(ground.sender, variedFor(ground), 4_000);
        if (!brute) return;
        compared++;
        const seen = seenBy(exploration);
        // A round without a wait has no end to rest in; the engine gives it up.
        const isRound =
          roundsOver(exploration, ({ happening, doubtful }) => !happening && !doubtful).length > 0;
        if (isRound) for (const { ends } of [seen, brute]) ends.delete('$failed');
        expect(sortedSets(seen)).toEqual(sortedSets(brute));
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(80);
  }, 120_000);
});
