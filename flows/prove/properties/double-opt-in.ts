import { error, type Issue, warning } from '../../definition/issue.ts';
import type { Edge } from '../explore.ts';
import { listFact } from '../facts.ts';
import { pathTo, wayTo } from '../paths.ts';
import { witness } from '../witness.ts';
import type { Found, Property, Subject } from './property.ts';

/** On a list that asks for a double opt-in, nobody is confirmed by one text, and nobody is left half joined without having been asked. */
export const doubleOptIn: Property = {
  id: 'double-opt-in',
  promise: 'A double opt-in is never skipped.',
  severity: 'error',
  owns: [],
  check(subject) {
    const { ground } = subject;
    const lists = [...ground.lists].filter((list) => ground.sender.lists.get(list)?.optIn === 'double');
    return lists.flatMap((list) => [...neverAsked(list, subject), ...confirmedAtOnce(list, subject)]);
  },
  unchecked: ({ lists }) => (lists ? null : 'Double opt-ins: no list is known to ask for one.'),
};

/** Joins, and ends without the question that confirms it. */
function neverAsked(list: string, { ground, exploration }: Subject): Found[] {
  const nodes = new Map<string, Edge>();
  for (const edge of exploration.edges) {
    for (const note of edge.notes) {
      if (note.do !== 'join' || note.list !== list || note.proof !== 'single' || note.to !== 'pending')
        continue;
      if (!nodes.has(note.node)) nodes.set(note.node, edge);
    }
  }
  return [...nodes].flatMap(([node, edge]): Found[] => {
    const rest = endsAt(edge.to)
      ? []
      : wayTo(exploration, {
          from: [edge.to],
          wanted: (next) => endsAt(next.to) && !settles(next, list),
          avoid: (next) => settles(next, list),
        });
    if (!rest) return [];
    const shows = witness(
      ground,
      exploration,
      [...pathTo(exploration, edge), ...rest],
      ({ contact, run }) => run?.outcome === 'completed' && contact.consents[list]?.state === 'pending',
    );
    const sentence = `${ground.drawing.name(node)} puts people on “${list}”, which asks for a second text, and nobody asks them for it: they are never confirmed. Use “Confirm opt-in” instead.`;
    const issue: Issue = (shows.replayed ? error : warning)('opt-in.skipped', sentence, { node });
    return [{ ...issue, witness: shows }];
  });

  function endsAt(state: number): boolean {
    return exploration.states[state]?.node === '$ended';
  }
}

const settles = ({ notes }: Edge, list: string): boolean =>
  notes.some(
    (note) =>
      (note.do === 'leave' && note.list === list) ||
      (note.do === 'join' && note.list === list && note.proof !== 'single'),
  );

/** The engine's own rule, watched: only the answer to the question confirms. */
function confirmedAtOnce(list: string, { ground, exploration }: Subject): Found[] {
  const fact = listFact(list);
  const nodes = new Set<string>();
  for (const { from, assumed, notes } of exploration.edges) {
    let before = assumed.find((one) => one.fact === fact)?.value ?? exploration.states[from]?.facts.get(fact);
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
