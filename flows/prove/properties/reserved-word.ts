import { normalise } from '#shared/sms/text.ts';
import type { Issue } from '../../definition/issue.ts';
import { pathTo, shortest } from '../paths.ts';
import { rehearse } from '../rehearse.ts';
import { givenSentences, scriptOf } from '../script.ts';
import type { Witness } from '../witness.ts';
import { issuesOf, type Property, type Subject } from './property.ts';

const OWNS = ['word.stop', 'word.help', 'word.start', 'trigger.unreadable'];

/** No keyword and no answer is a word that is not the author's to use. */
export const reservedWord: Property = {
  id: 'reserved-word',
  promise: 'STOP, HELP and their like mean what they mean everywhere.',
  severity: 'error',
  owns: OWNS,
  check: (subject) =>
    issuesOf(subject, OWNS).map((issue) => {
      const shows = witnessOf(issue, subject);
      return shows ? { ...issue, witness: shows } : issue;
    }),
};

/** Texts the word where it is meant to do something else: as the keyword, or in answer to the question. */
function witnessOf(issue: Issue, { ground, exploration }: Subject): Witness | null {
  const word = /“(.*?)”/.exec(issue.message)?.[1];
  if (word === undefined || issue.code === 'word.start') return null;
  const { node } = issue.place;
  const asking = exploration.states.filter((state) => state.node === node && !state.next && !state.doubtful);
  const via = shortest(
    exploration,
    asking.flatMap((state) => exploration.edges[state.via] ?? []),
  );
  if (node !== undefined && !via) return null;
  const script = scriptOf(via && node !== undefined ? pathTo(exploration, via) : [], ground.sender);
  const { lines, decisions } = rehearse(
    { ...script, turns: [...script.turns, { says: word }] },
    ground.sender,
  );
  const route = decisions.at(-1)?.route;
  return {
    lines,
    given: givenSentences(script.given),
    person: script.given,
    replayed: route?.by === 'reserved' && normalise(route.word) === normalise(word),
  };
}
