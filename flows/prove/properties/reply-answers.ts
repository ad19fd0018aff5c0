import { pathTo, shortest } from '../paths.ts';
import type { Note, Sending } from '../settle.ts';
import { heldBack, witness } from '../witness.ts';
import { issuesOf, type Property } from './property.ts';

const OWNS = ['purpose.not-a-reply'];

/** A text that is meant as a reply has something to reply to. */
export const replyAnswers: Property = {
  id: 'reply-answers',
  promise: 'Every reply has a text to answer.',
  severity: 'error',
  owns: OWNS,
  check: (subject) =>
    issuesOf(subject, OWNS).map((issue) => {
      const { ground, exploration } = subject;
      const { node = '' } = issue.place;
      const held = exploration.edges.filter(({ notes }) =>
        notes.some((note) => isMute(note) && note.node === node),
      );
      const edge = shortest(exploration, held);
      if (!edge) return issue;
      const shows = witness(ground, exploration, pathTo(exploration, edge), (one) => heldBack(one, node));
      return { ...issue, witness: shows };
    }),
};

const isMute = (note: Note): note is Sending =>
  note.do === 'send' && note.purpose === 'reply' && note.refusal !== null && note.refusal !== 'forced';
