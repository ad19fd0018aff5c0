import { normalise } from '#shared/sms/text.ts';
import { type Issue, warning } from '../issue.ts';
import type { Drawing } from './drawing.ts';
import { inspectReserved, type Reserving } from './reserved.ts';

/** Whether answers can be told apart, from one another and from the words that are not the author's to use. */
export function inspectWords({ definition, nodes, name }: Drawing, reserving: Reserving): Issue[] {
  return [...nodes.values()].flatMap((node) => {
    const place = { node: node.id };
    const label = (port: string) => node.ports.find(({ id }) => id === port)?.label ?? port;
    const meanings = new Map<string, string>();
    const issues = new Map<string, Issue>();
    for (const language of definition.languages) {
      for (const { id, words } of node.words(language)) {
        for (const typed of words) {
          const word = normalise(typed);
          for (const issue of inspectReserved(typed, reserving, place)) issues.set(word, issue);
          const other = meanings.get(word);
          if (other !== undefined && other !== id) {
            const sentence = `“${typed}” means both “${label(other)}” and “${label(id)}” in ${name(node.id)}. Keep it in one of them.`;
            issues.set(word, warning('answer.twice', sentence, place));
          }
          if (other === undefined) meanings.set(word, id);
        }
      }
    }
    return [...issues.values()];
  });
}
