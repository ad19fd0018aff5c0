import type { Edge, Exploration } from '../explore.ts';
import type { Ground } from '../ground.ts';
import { isHeldBack, type Note, type Sending } from '../notes.ts';
import type { Subject } from '../subject.ts';
import { heldBack, witnessOf } from '../witness.ts';
import { type Found, issuesOf, type Property, severityBy } from './property.ts';

const OWNS = ['message.list-missing'];

/**
 * Where the consent gate can hold a marketing text back, the drawing says what happens then. Whoever had agreed and left the list by
 * another way meanwhile wanted to hear no more: their run may end where it is.
 */
export const marketingAnswered: Property = {
  id: 'marketing-answered',
  promise: 'Marketing goes to people who agreed to it, and whoever did not is not left hanging.',
  severity: 'error',
  owns: OWNS,
  isBrokenForGood: true,
  *check(subject) {
    yield* issuesOf(subject, OWNS);
    for (const { node, list } of open(subject.ground))
      yield* leftHanging(node, list, subject, subject.about(list));
  },
  asksAbout: (ground) => open(ground).map(({ list }) => list),
  unchecked: ({ lists }) =>
    lists ? null : 'How people join the lists: each is taken to be joined with one text.',
};

/** Marketing that nobody drew an answer for. */
const open = ({ drawing }: Ground): { node: string; list: string }[] =>
  [...drawing.outlines].flatMap(([node, { requests }]) => {
    if (drawing.leaving.get(node)?.some(({ port }) => port === 'suppressed')) return [];
    return requests.flatMap(({ request }) =>
      request.kind === 'send' && request.purpose === 'marketing' && request.list !== undefined
        ? [{ node, list: request.list }]
        : [],
    );
  });

function leftHanging(node: string, list: string, { ground }: Subject, exploration: Exploration): Found[] {
  const wanted = ({ notes }: Edge): boolean => notes.some((note) => isMarketing(note) && note.node === node);
  const shows = witnessOf(exploration, { wanted, avoid: isElsewhere }, (rehearsal) =>
    heldBack(rehearsal, node),
  );
  if (!shows) return [];
  const message = `${ground.drawing.name(node)} is marketing for “${list}”, and somebody who has not agreed to it can come here. The text is not sent and the conversation breaks off. Let them join first, or draw what happens when texting is not allowed.`;
  const severity = severityBy(shows, exploration);
  return [
    { code: 'marketing.unanswered', severity, message, place: { node, port: 'suppressed' }, witness: shows },
  ];
}

const isElsewhere = ({ happening }: Edge): boolean => happening?.kind === 'elsewhere';

const isMarketing = (note: Note): note is Sending => isHeldBack(note) && note.purpose === 'marketing';
