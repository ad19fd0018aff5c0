import { error, type Issue } from '../../definition/issue.ts';
import type { Edge } from '../explore.ts';
import { distancesTo } from '../paths.ts';
import type { Subject } from '../subject.ts';
import { issuesOf, type Property } from './property.ts';

const OWNS = ['split.no-weight'];

/** Every version of a test that people are drawn for can win: a goal can be reached from it, where one is counted at all. */
export const armGoal: Property = {
  id: 'arm-goal',
  promise: 'Every version of a test can reach its goal.',
  severity: 'error',
  owns: OWNS,
  isAboutAbsence: true,
  check: (subject) => [...issuesOf(subject, OWNS), ...goalless(subject)],
};

function goalless({ ground, exploration }: Subject): Issue[] {
  const { drawing, parsed } = ground;
  const hasGoal = [...drawing.outlines.values()].some(({ requests }) =>
    requests.some(({ request }) => request.kind === 'goal'),
  );
  if (!hasGoal || exploration.bounded) return [];
  const counts = ({ notes }: Edge): boolean => notes.some((note) => note.do === 'goal');
  const hopeful = distancesTo(exploration, { wanted: counts });
  const arms = new Map<string, { node: string; arm: string; reaches: boolean }>();
  for (const edge of exploration.edges) {
    for (const note of edge.notes) {
      if (note.do !== 'arm') continue;
      const key = `${note.node} ${note.arm}`;
      const known = arms.get(key) ?? { node: note.node, arm: note.arm, reaches: false };
      known.reaches ||= counts(edge) || hopeful.has(edge.to);
      arms.set(key, known);
    }
  }
  return [...arms.values()]
    .filter(({ node, arm, reaches }) => !reaches && drawsFor(node, arm))
    .map(({ node, arm }) => {
      const label = parsed.nodes.get(node)?.ports.find(({ id }) => id === arm)?.label ?? arm;
      const sentence = `Nobody in “${label}” of ${drawing.name(node)} can ever reach a goal, so the test would say nothing. Lead it to a goal.`;
      return error('arm.no-goal', sentence, { node, port: arm });
    });

  function drawsFor(node: string, arm: string): boolean {
    const requests = drawing.outlines.get(node)?.requests ?? [];
    return requests.some(
      ({ request }) =>
        request.kind === 'split' && request.arms.some(({ id, weight }) => id === arm && weight > 0),
    );
  }
}
