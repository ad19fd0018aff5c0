import { error, warning } from '../../definition/issue.ts';
import type { Edge } from '../explore.ts';
import { isHeldBack } from '../notes.ts';
import type { Subject } from '../subject.ts';
import { heldBack, type Witness, witnessOf } from '../witness.ts';
import { type Found, issuesOf, type Property, shownBy } from './property.ts';

const OWNS = ['purpose.not-a-reply'];

/** A text that is meant as a reply has something to reply to. */
export const replyAnswers: Property = {
  id: 'reply-answers',
  promise: 'Every reply has a text to answer.',
  severity: 'error',
  owns: OWNS,
  isBrokenForGood: true,
  *check(subject) {
    const issues = issuesOf(subject, OWNS);
    for (const issue of issues) {
      const { node = '' } = issue.place;
      yield shownBy(issue, unsent(node, subject));
    }
    yield* unasked(subject, new Set(issues.map(({ place }) => place.node)));
  },
};

const unsent = (node: string, { exploration }: Subject): Witness | null => {
  const wanted = ({ notes }: Edge): boolean =>
    notes.some((note) => isHeldBack(note) && note.purpose === 'reply' && note.node === node);
  return witnessOf(exploration, { wanted }, (rehearsal) => heldBack(rehearsal, node));
};

/** Replies to people who have not texted, for a campaign or the API has begun the flow with them. */
function* unasked(subject: Subject, known: ReadonlySet<string | undefined>): Generator<Found> {
  const { ground, exploration } = subject;
  const { drawing, world } = ground;
  if (!ground.isOrdered) return;
  const nodes = new Set<string>();
  for (const { notes } of exploration.edges) {
    for (const note of notes) if (isHeldBack(note) && note.refusal === 'not-a-reply') nodes.add(note.node);
  }
  for (const node of nodes) {
    const hasAnswer = drawing.leaving.get(node)?.some(({ port }) => port === 'suppressed');
    if (known.has(node) || hasAnswer) continue;
    const sentence = `${drawing.name(node)} is a reply, and is not sent to people with whom a campaign or the API begins this flow: they have not texted. Give it another purpose.`;
    const place = { node, path: 'config.purpose' };
    const found =
      world.ordered === true
        ? error('reply.unasked', sentence, place)
        : warning('reply.unasked', sentence, place);
    yield shownBy(found, unsent(node, subject));
  }
}
