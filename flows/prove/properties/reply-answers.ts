import type { Edge } from '../explore.ts';
import { isHeldBack } from '../notes.ts';
import { heldBack, witnessOf } from '../witness.ts';
import { issuesOf, type Property, shownBy } from './property.ts';

const OWNS = ['purpose.not-a-reply'];

/** A text that is meant as a reply has something to reply to. */
export const replyAnswers: Property = {
  id: 'reply-answers',
  promise: 'Every reply has a text to answer.',
  severity: 'error',
  owns: OWNS,
  isBrokenForGood: true,
  check: (subject) =>
    issuesOf(subject, OWNS).map((issue) => {
      const { node = '' } = issue.place;
      const wanted = ({ notes }: Edge): boolean =>
        notes.some((note) => isHeldBack(note) && note.purpose === 'reply' && note.node === node);
      return shownBy(
        issue,
        witnessOf(subject.exploration, { wanted }, (rehearsal) => heldBack(rehearsal, node)),
      );
    }),
};
