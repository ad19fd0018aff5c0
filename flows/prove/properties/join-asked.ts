import type { Edge } from '../explore.ts';
import { wayTo } from '../paths.ts';
import type { Subject } from '../subject.ts';
import { witnessAlong } from '../witness.ts';
import { type Found, type Property, severityBy } from './property.ts';

/** Nobody is put on a list with whom a campaign or the API has begun the flow, and who has said nothing to it: they are not confirmed. */
export const joinAsked: Property = {
  id: 'join-asked',
  promise: 'Nobody is put on a list who has not said so.',
  severity: 'error',
  owns: [],
  check: (subject) => [...subject.ground.lists].flatMap((list) => joinedUnasked(list, subject)),
  asksAbout: ({ lists, isOrdered }) => (isOrdered ? lists : []),
};

function joinedUnasked(list: string, { ground, about }: Subject): Found[] {
  if (!ground.isOrdered) return [];
  const exploration = about(list);
  const nodes = new Map<string, Edge>();
  for (const edge of exploration.edges) {
    for (const note of edge.notes) {
      if (note.do !== 'join' || note.list !== list || !note.unasked) continue;
      if (note.to === 'pending' && !nodes.has(note.node)) nodes.set(note.node, edge);
    }
  }
  return [...nodes].map(([node, edge]): Found => {
    const there = wayTo(exploration, { wanted: ({ id }) => id === edge.id }) ?? [edge];
    const shows = witnessAlong(
      exploration,
      there,
      ({ contact }) => contact.consents[list]?.state === 'pending',
    );
    const isMeant = ground.world.ordered === true;
    return {
      code: 'opt-in.unasked',
      severity: isMeant ? severityBy(shows, exploration) : 'warning',
      message: `${ground.drawing.name(node)} puts people on “${list}” with whom a campaign or the API begins this flow, and they have said nothing: they are not confirmed. Ask them before, and join whoever says yes.`,
      place: { node },
      witness: shows,
    };
  });
}
