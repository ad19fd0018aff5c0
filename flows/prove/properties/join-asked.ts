import type { Subject } from '../subject.ts';
import { pendingJoins, shownPending } from './pending-joins.ts';
import { type Found, type Property, severityBy } from './property.ts';

/** Where a campaign or the API has begun the flow, people are put on a list only once they have answered it: else they are not confirmed. */
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
  return pendingJoins(list, exploration, ({ unasked }) => unasked).map(({ node, way }) => {
    const shows = shownPending(list, way, exploration);
    const isMeant = ground.world.ordered === true;
    return {
      code: 'opt-in.unasked',
      severity: isMeant ? severityBy(shows, exploration) : 'warning',
      message: `${ground.drawing.name(node)} puts people on “${list}” with whom a campaign or the API begins this flow, before they have answered anything: they are not confirmed. Ask them, and join whoever says yes.`,
      place: { node },
      witness: shows,
    };
  });
}
