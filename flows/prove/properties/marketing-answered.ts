import { error, warning } from '../../definition/issue.ts';
import type { Edge } from '../explore.ts';
import { pathTo, shortest } from '../paths.ts';
import type { Note, Sending } from '../settle.ts';
import { heldBack, witness } from '../witness.ts';
import { type Found, issuesOf, type Property, type Subject } from './property.ts';

const OWNS = ['message.list-missing'];

/** Where the consent gate can hold a marketing text back, the drawing says what happens then. */
export const marketingAnswered: Property = {
  id: 'marketing-answered',
  promise: 'Marketing goes to people who agreed to it, and whoever did not is not left hanging.',
  severity: 'error',
  owns: OWNS,
  check(subject) {
    return [...issuesOf(subject, OWNS), ...unanswered(subject)];
  },
  unchecked: ({ lists }) =>
    lists ? null : 'How people join the lists: each is taken to be joined with one text.',
};

function unanswered({ ground, exploration }: Subject): Found[] {
  const { drawing } = ground;
  const held = new Map<string, Edge[]>();
  for (const edge of exploration.edges) {
    for (const note of edge.notes) {
      if (!isHeldBack(note)) continue;
      if (drawing.leaving.get(note.node)?.some(({ port }) => port === 'suppressed')) continue;
      const known = held.get(note.node);
      if (known) known.push(edge);
      else held.set(note.node, [edge]);
    }
  }
  return [...held].flatMap(([node, edges]): Found[] => {
    const edge = shortest(exploration, edges);
    if (!edge) return [];
    const list = edge.notes.find(isHeldBack)?.list ?? '';
    const shows = witness(ground, exploration, pathTo(exploration, edge), (one) => heldBack(one, node));
    const sentence = `${drawing.name(node)} is marketing for “${list}”, and somebody who has not agreed to it can come here. The text is not sent and the conversation breaks off. Let them join first, or draw what happens when texting is not allowed.`;
    const issue = (shows.replayed ? error : warning)('marketing.unanswered', sentence, {
      node,
      port: 'suppressed',
    });
    return [{ ...issue, witness: shows }];
  });
}

const isHeldBack = (note: Note): note is Sending =>
  note.do === 'send' && note.purpose === 'marketing' && note.refusal !== null && note.refusal !== 'forced';
