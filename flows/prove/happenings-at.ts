import { outcomeOf, START } from '../engine/events.ts';
import { type Facts, listFact, STOPPED } from './facts.ts';
import type { Happening } from './happenings.ts';
import type { Scene } from './scene.ts';
import type { Standing } from './standing.ts';

/** Whatever the outside may do to a run that rests. */
export function happeningsAt({ node, place, wake, facts }: Standing, scene: Scene): readonly Happening[] {
  const { ground, person, table } = scene;
  const isOver = outcomeOf(node) !== null;
  if (node === START) return beginnings(scene);
  // Whoever begins again is known by now.
  if (isOver)
    return person === 'anyone'
      ? []
      : beginnings(scene).filter((way) => way.kind !== 'keyword' || way.known !== false);
  return [
    ...ground.happenings(node, place),
    ...(wake === null ? [] : [{ kind: 'timeout', seconds: wake } as const]),
    // Whoever said STOP before, texted the keyword nevertheless and waits now can say START.
    ...(table.get(facts, STOPPED) === true ? [{ kind: 'comeback' } as const] : []),
    { kind: 'stop' },
    { kind: 'undelivered' },
    ...(scene.alone ? [] : elsewhere(node, facts, scene)),
  ];
}

/** What is known of a list may change while a run rests, without its doing; what nobody has asked about can be anything anyhow. */
function elsewhere(node: string, facts: Facts, { ground, table, relevant }: Scene): Happening[] {
  const asked = new Set(relevant(node));
  return [...ground.lists].flatMap((list) => {
    const fact = listFact(list);
    const state = asked.has(fact) ? table.get(facts, fact) : undefined;
    if (state === undefined) return [];
    return (['confirmed', 'revoked'] as const).flatMap((becomes): Happening[] =>
      table.alike(fact, state, becomes) ? [] : [{ kind: 'elsewhere', list, becomes }],
    );
  });
}

/** Somebody new may text the keyword again and again, and STOP at any time; for anybody else the beginning covers that. */
const beginnings = ({ ground, person }: Scene): readonly Happening[] =>
  person === 'newcomer'
    ? [...ground.beginnings, { kind: 'stop' }]
    : [...ground.beginnings, ...(ground.isOrdered ? [ORDER] : [])];

const ORDER = { kind: 'order' } as const;
