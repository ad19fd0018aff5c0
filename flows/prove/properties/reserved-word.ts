import { normalise } from '#shared/sms/text.ts';
import type { Issue } from '../../definition/issue.ts';
import type { Edge } from '../explore.ts';
import { wayTo } from '../paths.ts';
import { rehearse } from '../rehearse.ts';
import { givenSentences, scriptOf } from '../script.ts';
import type { Subject } from '../subject.ts';
import type { Witness } from '../witness.ts';
import { issuesOf, type Property, shownBy } from './property.ts';

const OWNS = ['word.stop', 'word.help', 'word.start', 'word.wish', 'trigger.unreadable'];

/** No keyword and no answer is a word that is not the author's to use. */
export const reservedWord: Property = {
  id: 'reserved-word',
  promise: 'STOP, HELP and their like mean what they mean everywhere.',
  severity: 'error',
  owns: OWNS,
  check: (subject) => issuesOf(subject, OWNS).map((issue) => shownBy(issue, witnessFor(issue, subject))),
};

/** Texts the word where it is meant to do something else: as the keyword, or in answer to the question. */
function witnessFor(issue: Issue, { ground, exploration }: Subject): Witness | null {
  const word = /“(.*?)”/.exec(issue.message)?.[1];
  if (word === undefined || issue.code === 'word.start' || issue.code === 'word.wish') return null;
  const { node } = issue.place;
  const rests = ({ to }: Edge): boolean => {
    const state = exploration.states[to];
    return state?.node === node && !state?.next;
  };
  const way = node === undefined ? [] : wayTo(exploration, { wanted: rests });
  if (!way) return null;
  const script = scriptOf(way, ground);
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
