import type { Subject } from '../subject.ts';
import { pendingJoins, shownPending } from './pending-joins.ts';
import { type Found, type Property, severityBy } from './property.ts';

/** On a list that is for people of an age, nobody is put who has not answered that they have it: they would never be confirmed. */
export const ageAsked: Property = {
  id: 'age-asked',
  promise: 'A list for people of an age is joined only by those who answered that they have it.',
  severity: 'error',
  owns: [],
  check: (subject) =>
    [...subject.ground.ages].flatMap(([list, years]) => joinedUnasked(list, years, subject)),
  unchecked: ({ lists }, { lists: touched }) =>
    lists || touched.size === 0 ? null : 'Ages: no list is known to be for people of an age.',
};

function joinedUnasked(list: string, years: number, { ground, about }: Subject): Found[] {
  const exploration = about(list);
  const joins = pendingJoins(list, exploration, ({ proof, tooYoung }) => proof !== 'asked' && tooYoung);
  return joins.map(({ node, way }) => {
    const shows = shownPending(list, way, exploration);
    return {
      code: 'age.not-asked',
      severity: severityBy(shows, exploration),
      message: `${ground.drawing.name(node)} puts people on “${list}” who have not answered that they are ${years} or over: they are never confirmed. Ask with “Ask for age” before.`,
      place: { node },
      witness: shows,
    };
  });
}
