import { error, warning } from '../../definition/issue.ts';
import { MUTED_REPLY, mutedReply } from '../../definition/inspections/purposes.ts';
import type { Edge } from '../explore.ts';
import { isHeldBack } from '../notes.ts';
import type { Subject } from '../subject.ts';
import { heldBack, type Witness, witnessOf } from '../witness.ts';
import { type Found, issuesOf, type Property, shownBy } from './property.ts';

const OWNS = [MUTED_REPLY];

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
    const known = new Set(issues.map(({ place }) => place.node));
    for (const found of afterWaits(subject, known)) {
      known.add(found.place.node);
      yield found;
    }
    yield* unasked(subject, known);
  },
};

/** A conversation in which the reply is held back. `avoid`: what must not happen in it. */
function unsent(
  node: string,
  { exploration }: Subject,
  avoid: (edge: Edge) => boolean = never,
): Witness | null {
  const isUnsent = ({ notes }: Edge): boolean =>
    notes.some((note) => isHeldBack(note) && note.purpose === 'reply' && note.node === node);
  const wanted = (edge: Edge): boolean => isUnsent(edge) && !avoid(edge);
  return witnessOf(exploration, { wanted, avoid }, (rehearsal) => heldBack(rehearsal, node));
}

const never = (): boolean => false;

/** The steps whose replies have nothing to answer, on some way. */
const muteIn = ({ exploration }: Subject): Set<string> =>
  new Set(
    exploration.edges.flatMap(({ notes }) =>
      notes.flatMap((note) => (isHeldBack(note) && note.refusal === 'not-a-reply' ? [note.node] : [])),
    ),
  );

const isOrder = ({ happening }: Edge): boolean => happening?.kind === 'order';

/** Replies after waits that the drawing does not show, for they are inside a flow that a step holds. */
function* afterWaits(subject: Subject, known: ReadonlySet<string | undefined>): Generator<Found> {
  for (const node of muteIn(subject)) {
    const shows = known.has(node) ? null : unsent(node, subject, isOrder);
    if (!shows) continue;
    yield { ...mutedReply(subject.ground.drawing.name(node), { node }), witness: shows };
  }
}

/** Replies to people who have not texted, for a campaign or the API has begun the flow with them. */
function* unasked(subject: Subject, known: ReadonlySet<string | undefined>): Generator<Found> {
  const { ground } = subject;
  const { drawing, world } = ground;
  if (!ground.isOrdered) return;
  for (const node of muteIn(subject)) {
    const hasAnswer = drawing.leaving.get(node)?.some(({ port }) => port === 'suppressed');
    if (known.has(node) || hasAnswer) continue;
    const sentence = `${drawing.name(node)} is a reply, and is not sent to people with whom a campaign or the API begins this flow: they have not texted. Choose another reason under “Why it is sent”.`;
    const place = { node, path: 'config.purpose' };
    const found =
      world.ordered === true
        ? error('reply.unasked', sentence, place)
        : warning('reply.unasked', sentence, place);
    yield shownBy(found, unsent(node, subject));
  }
}
