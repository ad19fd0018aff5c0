import { error, type Issue } from '../../definition/issue.ts';
import { MAX_ROUNDS } from '../../engine/drive.ts';
import { heaviestBreaths } from '../breaths.ts';
import type { Edge } from '../explore.ts';
import { pathTo, shortest } from '../paths.ts';
import { roundsOver } from '../rounds.ts';
import { failed, witness } from '../witness.ts';
import { type Found, issuesOf, type Property, type Subject } from './property.ts';

const OWNS = ['loop.no-wait', 'chain.too-long'];

/** No text sets off more than the engine does in one breath: no round without a wait, no chain of steps or answers that is too long. */
export const endlessRound: Property = {
  id: 'endless-round',
  promise: 'Nothing goes round without a wait.',
  severity: 'error',
  owns: OWNS,
  check(subject) {
    const ways = breakingOff(subject);
    const drawn = issuesOf(subject, OWNS).map((issue) => shown(issue, ways, subject));
    return [...drawn, ...tooManyAnswers(subject)];
  },
};

/** Edges after which the engine gives up: inside a round without a wait, or where it did so while exploring. */
function breakingOff({ exploration }: Subject): Edge[] {
  const rounds = roundsOver(exploration, ({ happening, doubtful }) => happening === null && !doubtful);
  const given = exploration.edges.filter(({ notes }) => notes.some((note) => note.do === 'failed'));
  return [...rounds.flat(), ...given];
}

function shown(issue: Issue, ways: readonly Edge[], { ground, exploration }: Subject): Found {
  const { node } = issue.place;
  const here = ways.filter(({ from, passages }) => {
    const state = exploration.states[from];
    return state?.node === node || passages.some(({ to }) => to === node);
  });
  const edge = shortest(exploration, here.length > 0 ? here : ways);
  if (!edge) return issue;
  const path = [...pathTo(exploration, edge)];
  return { ...issue, witness: witness(ground, exploration, path, failed) };
}

/** Outcomes are settled in the transaction, and one text may ask for so many only. */
function tooManyAnswers({ ground, exploration }: Subject): Found[] {
  const answersOn = ({ notes }: Edge): number => notes.filter((note) => note.do === 'outcome').length;
  const [worst] = heaviestBreaths(exploration, answersOn)
    .filter(({ weight }) => weight > MAX_ROUNDS)
    .sort((a, b) => b.weight - a.weight);
  if (!worst) return [];
  const last = worst.path.findLast((edge) => answersOn(edge) > 0);
  const node = last?.notes.find((note) => note.do === 'outcome')?.node ?? '';
  const sentence = `One text would ask for ${worst.weight} answers on the way to ${ground.drawing.name(node)}, and ${MAX_ROUNDS} are allowed. Put a question or a wait in between.`;
  const path = [...pathTo(exploration, worst.first), ...worst.path.slice(1)];
  return [
    { ...error('chain.answers', sentence, { node }), witness: witness(ground, exploration, path, failed) },
  ];
}
