import { type Issue, warning } from '../../definition/issue.ts';
import type { Subject } from '../subject.ts';
import { issuesOf, type Property } from './property.ts';

const OWNS = ['node.unreachable'];

/** Every step and every line is on some conversation's way. Lines that the outcomes of conditions rule out are found as well. */
export const reachable: Property = {
  id: 'reachable',
  promise: 'Somebody can come to every step, along every line.',
  severity: 'warning',
  owns: OWNS,
  isAboutAbsence: true,
  check: (subject) => [...issuesOf(subject, OWNS), ...neverPassed(subject)],
};

/** Where a step is wrong already, what cannot be passed because of it is not worth a word. */
function neverPassed({ ground, exploration, issues }: Subject): Issue[] {
  if (exploration.bounded) return [];
  const wrong = new Set(issues.flatMap(({ severity, place }) => (severity === 'error' ? [place.node] : [])));
  const { drawing, parsed } = ground;
  const passed = new Set<string>();
  const entered = new Set<string>();
  for (const { from, passages, notes } of exploration.edges) {
    if (notes.some((note) => note.do === 'failed')) wrong.add(exploration.states[from]?.node);
    for (const { from, port, to } of passages) {
      passed.add(`${from} ${port}`);
      entered.add(to);
    }
  }
  return parsed.definition.edges.flatMap(({ from, port }) => {
    const node = parsed.nodes.get(from);
    const label = node?.ports.find(({ id }) => id === port)?.label;
    if (label === undefined || wrong.has(from) || passed.has(`${from} ${port}`) || !entered.has(from))
      return [];
    const sentence = `Nothing ever leads along “${label}” of ${drawing.name(from)}. Remove the line, or look at what takes its place.`;
    return [warning('line.never', sentence, { node: from, port })];
  });
}
