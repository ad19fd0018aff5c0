import type { ParsedFlow } from '../definition/parse.ts';
import { wordLine } from '../definition/word-list.ts';
import { outline } from '../engine/outline.ts';
import type { BoundNode } from '../engine/node-kind.ts';

/** Something of a step that wants translating: a text that people read, or the words that mean an answer. */
export interface Unit {
  node: string;
  /** The field of the `translate` operation: "text", "answers.yes.words". */
  field: string;
  kind: 'text' | 'words';
  /** What it is in the base language; words stand on one line, with commas between. */
  base: string;
  /** For whoever translates: the step, and the answer that words mean. */
  about: string;
}

/** Everything in a flow that can be translated, in the order of its steps. */
export function unitsOf({ definition, nodes }: ParsedFlow): Unit[] {
  return definition.nodes.flatMap(({ id }) => {
    const node = nodes.get(id);
    return node ? unitsOfNode(node) : [];
  });
}

/** What can be translated in one step. */
export function unitsOfNode(node: BoundNode): Unit[] {
  const name = node.title ?? node.id;
  const read = readFields(node);
  const texts = node.texts.flatMap(({ field, template }): Unit[] =>
    read.has(field) ? [{ node: node.id, field, kind: 'text', base: template, about: `“${name}”` }] : [],
  );
  const words = node.replyWords.flatMap(({ field, label, words }): Unit[] => {
    if (words.length === 0) return [];
    const about = `“${name}”: words that mean “${label}”, with commas between`;
    return [{ node: node.id, field: `${field}.words`, kind: 'words', base: wordLine(words), about }];
  });
  return [...texts, ...words];
}

/** The translation of a unit, or null while there is none. */
export function translationOf(
  { node, field, kind }: Pick<Unit, 'node' | 'field' | 'kind'>,
  language: string,
  { definition, nodes }: Pick<ParsedFlow, 'definition' | 'nodes'>,
): string | null {
  if (kind === 'text') return definition.translations[language]?.[`${node}.${field}`]?.trim() || null;
  const answer = nodes.get(node)?.replyWords.find((one) => `${one.field}.words` === field);
  return wordLine(answer?.byLanguage[language] ?? []) || null;
}

/** The texts of a step that a person reads. Addresses, requests and values to keep are the same in every language. */
function readFields(node: BoundNode): ReadonlySet<string> {
  return new Set(
    outline(node).requests.flatMap(({ request }) => {
      if (request.kind === 'send') return [request.field];
      return request.kind === 'email' ? [request.subject, request.body] : [];
    }),
  );
}
