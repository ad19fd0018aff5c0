import { error, type Issue } from '../../definition/issue.ts';
import { MAX_ROUNDS } from '../../engine/drive.ts';
import { heaviestBreath } from '../breaths.ts';
import type { Edge } from '../explore.ts';
import { roundsOver } from '../rounds.ts';
import type { Subject } from '../subject.ts';
import { failed, witnessAlong, witnessOf } from '../witness.ts';
import { type Found, issuesOf, type Property, shownBy } from './property.ts';

const OWNS = ['loop.no-wait', 'chain.too-long'];

/** No text sets off more than the engine does in one breath: no round without a wait, no chain of steps or answers that is too long. */
export const endlessRound: Property = {
  id: 'endless-round',
  promise: 'Nothing goes round without a wait.',
  severity: 'error',
  owns: OWNS,
  check(subject) {
    const drawn = issuesOf(subject, OWNS);
    const ways = breakingOff(subject);
    const issues = drawn.length > 0 ? drawn : throughInside(ways, subject);
    return [...issues.map((issue) => shown(issue, ways, subject)), ...tooManyAnswers(subject)];
  },
};

/** Edges after which the engine gives up: inside a round without a wait, or where it did so while exploring. */
function breakingOff({ exploration }: Subject): Edge[] {
  const rounds = roundsOver(exploration, ({ happening, doubtful }) => happening === null && !doubtful);
  const given = exploration.edges.filter(({ notes }) => notes.some((note) => note.do === 'failed'));
  return [...rounds.flat(), ...given];
}

/** A round that the drawing does not show, for it leads through a flow that a step holds. */
function throughInside([first]: readonly Edge[], { ground, exploration }: Subject): Issue[] {
  const node = first && exploration.states[first.from]?.node;
  if (node === undefined) return [];
  const sentence = `${ground.drawing.name(node)} comes round to itself without ever waiting. Put a question or a wait in between.`;
  return [error('loop.no-wait', sentence, { node })];
}

function shown(issue: Issue, ways: readonly Edge[], { exploration }: Subject): Found {
  const { node } = issue.place;
  const here = ways.filter(({ from, passages }) => {
    const isThere = exploration.states[from]?.node === node;
    return isThere || passages.some(({ to }) => to === node);
  });
  const wanted = new Set(here.length > 0 ? here : ways);
  return shownBy(issue, witnessOf(exploration, { wanted: (edge) => wanted.has(edge) }, failed));
}

/** Outcomes are settled in the transaction, and one text may ask for so many only. */
function tooManyAnswers({ ground, exploration }: Subject): Found[] {
  const answersOn = ({ notes }: Edge): number => notes.filter((note) => note.do === 'outcome').length;
  const worst = heaviestBreath(exploration, answersOn, () => true);
  if (!worst || worst.weight <= MAX_ROUNDS) return [];
  const last = worst.path.findLast((edge) => answersOn(edge) > 0);
  const node = last?.notes.find((note) => note.do === 'outcome')?.node ?? '';
  const sentence = `One text would ask for ${worst.weight} answers on the way to ${ground.drawing.name(node)}, and ${MAX_ROUNDS} are allowed. Put a question or a wait in between.`;
  const issue = error('chain.answers', sentence, { node });
  return [{ ...issue, witness: witnessAlong(exploration, worst.path, failed) }];
}
