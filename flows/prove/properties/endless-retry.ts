import { error } from '../../definition/issue.ts';
import type { Edge } from '../explore.ts';
import { wayTo } from '../paths.ts';
import { roundsOver } from '../rounds.ts';
import type { Subject } from '../subject.ts';
import { witnessAlong } from '../witness.ts';
import type { Found, Property } from './property.ts';

/** Nobody who says nothing, or nothing clear, is asked again and again for ever. Retries inside a question are counted by its own places. */
export const endlessRetry: Property = {
  id: 'endless-retry',
  promise: 'Asking again comes to an end.',
  severity: 'error',
  owns: [],
  check: (subject) => {
    const found = new Map<string, Found>();
    const isLost = (edge: Edge): boolean =>
      isIdle(edge) && (edge.happening === null || isNoArrival(edge, subject));
    const asking = roundsOver(subject.exploration, isIdle).map((round) => ({ round, isAgain: asks }));
    const sending = roundsOver(subject.exploration, isLost).map((round) => ({ round, isAgain: isNoArrival }));
    for (const { round, isAgain } of [...asking, ...sending]) {
      const again = round.find((edge) => isAgain(edge, subject));
      const node = again && nodeAt(again, subject);
      if (again && node && !found.has(node)) found.set(node, asked(node, again, new Set(round), subject));
    }
    return [...found.values()];
  },
};

const isIdle = ({ happening, doubtful }: Edge): boolean =>
  !doubtful &&
  (happening === null ||
    happening.kind === 'timeout' ||
    happening.kind === 'answer' ||
    (happening.kind === 'reply' && happening.category === 'other'));

const nodeAt = ({ from }: Edge, { exploration }: Subject): string => exploration.states[from]?.node ?? '';

/** A question that is asked again, or something outside that is tried again. */
function asks(edge: Edge, subject: Subject): boolean {
  const node = subject.ground.parsed.nodes.get(nodeAt(edge, subject));
  return edge.happening !== null && Boolean(node?.classify || node?.busy);
}

/** A text did not arrive, or nobody knows. Where it is waited for, what comes after one that arrived is no retry. */
function isNoArrival(edge: Edge, subject: Subject): boolean {
  const { happening } = edge;
  const { requests = [] } = subject.ground.drawing.outlines.get(nodeAt(edge, subject)) ?? {};
  const isWaitedFor = requests.some(({ request }) => request.kind === 'delivery');
  if (!isWaitedFor || happening === null) return false;
  return happening.kind === 'timeout' || (happening.kind === 'answer' && happening.outcome === 'failed');
}

/** Shows the way to the question, and once round to it again. */
function asked(node: string, again: Edge, round: ReadonlySet<Edge>, { ground, exploration }: Subject): Found {
  const there = wayTo(exploration, { wanted: ({ id }) => id === again.id }) ?? [again];
  const back = wayTo(
    exploration,
    { wanted: (edge) => round.has(edge) && edge.to === again.from, avoid: (edge) => !round.has(edge) },
    [again.to],
  );
  const shows = witnessAlong(exploration, [...there, ...(back ?? [])], ({ run, trail }) => {
    const times = trail.filter((step) => step.do === 'pass' && step.to === node).length;
    return times > 1 && run?.position.node === node && run.status !== 'ended';
  });
  const { busy, classify } = ground.parsed.nodes.get(node) ?? {};
  const name = ground.drawing.name(node);
  const sentence = classify
    ? `Whoever never gives ${name} a clear answer is asked again for ever. Let “Anything else” and “No reply” lead on: a question asks again by itself as often as you say. To remind somebody who stays silent, count with “Remember” and leave with “Go different ways” when it is enough.`
    : busy
      ? `${name} is tried again for ever as long as it fails. Let its failing lead on after a while.`
      : `${name} is sent again and again as long as it does not arrive. Let what becomes of it lead on after a while.`;
  return { ...error('retry.endless', sentence, { node }), witness: shows };
}
