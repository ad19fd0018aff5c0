import { error } from '../../definition/issue.ts';
import type { Edge } from '../explore.ts';
import type { Ground } from '../ground.ts';
import { listFact } from '../facts.ts';
import { wayTo } from '../paths.ts';
import { witnessAlong } from '../witness.ts';
import type { Subject } from '../subject.ts';
import { pendingJoins } from './pending-joins.ts';
import { type Found, type Property, severityBy } from './property.ts';

/** On a list that asks for a double opt-in, nobody is confirmed by one text, and nobody is left half joined without having been asked. */
export const doubleOptIn: Property = {
  id: 'double-opt-in',
  promise: 'A double opt-in is never skipped.',
  severity: 'error',
  owns: [],
  isBrokenForGood: true,
  *check(subject) {
    for (const list of doubleLists(subject.ground)) {
      yield* neverAsked(list, subject);
      yield* confirmedAtOnce(list, subject);
    }
  },
  asksAbout: (ground) => doubleLists(ground),
  unchecked: ({ lists }) => (lists ? null : 'Double opt-ins: no list is known to ask for one.'),
};

const doubleLists = ({ lists, sender }: Ground): string[] =>
  [...lists].filter((list) => sender.lists.get(list)?.optIn === 'double');

/** Joins, and ends without the question that confirms it. */
function neverAsked(list: string, { ground, about }: Subject): Found[] {
  const exploration = about(list);
  const endsAt = (state: number): boolean => exploration.states[state]?.node === '$ended';
  const joins = pendingJoins(list, exploration, ({ proof }) => proof === 'single');
  return joins.flatMap(({ node, edge, way }): Found[] => {
    const wish = {
      wanted: (next: Edge) => endsAt(next.to) && !settles(next, list),
      avoid: (next: Edge) => settles(next, list),
    };
    const rest = endsAt(edge.to) ? [] : wayTo(exploration, wish, [edge.to]);
    if (!rest) return [];
    const shows = witnessAlong(exploration, [...way, ...rest], ({ contact, run }) => {
      return run?.outcome === 'completed' && contact.consents[list]?.state === 'pending';
    });
    const message = `${ground.drawing.name(node)} puts people on “${list}”, which asks for a second text, and nobody asks them for it: they are never confirmed. Use “Confirm opt-in” instead.`;
    const severity = severityBy(shows, exploration);
    return [{ code: 'opt-in.skipped', severity, message, place: { node }, witness: shows }];
  });
}

const settles = ({ notes }: Edge, list: string): boolean =>
  notes.some(
    (note) =>
      (note.do === 'leave' && note.list === list) ||
      (note.do === 'join' && note.list === list && note.proof !== 'single'),
  );

/** The engine's own rule, watched: only the answer to the question confirms. */
function confirmedAtOnce(list: string, { ground, about }: Subject): Found[] {
  const { edges, states, scene } = about(list);
  const fact = listFact(list);
  const nodes = new Set<string>();
  for (const { from, assumed, notes } of edges) {
    const state = states[from];
    let before =
      assumed.find((one) => one.fact === fact)?.value ?? (state && scene.table.get(state.facts, fact));
    for (const note of notes) {
      if (note.do !== 'join' || note.list !== list) continue;
      if (note.to === 'confirmed' && before !== 'confirmed' && note.proof !== 'double') nodes.add(note.node);
      before = note.to;
    }
  }
  return [...nodes].map((node) =>
    error(
      'opt-in.single',
      `${ground.drawing.name(node)} confirms “${list}” with one text, and it asks for two.`,
      {
        node,
      },
    ),
  );
}
