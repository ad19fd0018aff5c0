import { normalise } from '#shared/sms/text.ts';
import { type Issue, warning } from '../../definition/issue.ts';
import type { Subject } from '../subject.ts';
import { issuesOf, type Property } from './property.ts';

const OWNS = ['answer.twice', 'port.repeated'];

/** Every answer can be given: none has all its words taken by another one. */
export const answerChosen: Property = {
  id: 'answer-chosen',
  promise: 'Every answer can be chosen.',
  severity: 'warning',
  owns: OWNS,
  check: (subject) => [...issuesOf(subject, OWNS), ...neverChosen(subject)],
};

function neverChosen({ ground }: Subject): Issue[] {
  const { parsed, drawing } = ground;
  const { languages } = parsed.definition;
  return [...parsed.nodes.values()].flatMap((node) => {
    const { classify } = node;
    if (!classify) return [];
    const label = (port: string) => node.ports.find(({ id }) => id === port)?.label ?? port;
    const issues = new Map<string, Issue>();
    for (const language of languages) {
      for (const { id, words } of node.words(language)) {
        const taken = words.map((text) => classify({ text, normalised: normalise(text) }, language).category);
        const [by] = taken;
        if (by === undefined || taken.includes(id)) continue;
        const sentence = `“${label(id)}” of ${drawing.name(node.id)} can never be chosen: “${label(by)}” takes all its words. Give it words of its own.`;
        issues.set(id, warning('answer.never', sentence, { node: node.id, port: id }));
      }
    }
    return [...issues.values()];
  });
}
