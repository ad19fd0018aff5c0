import type { BoundNode } from '../engine/node-kind.ts';
import { parseTemplate, TemplateError } from '../engine/template.ts';
import type { Ground } from './ground.ts';

/** The variables a node's texts and effects read without saying what to do when there is no value. Conditions are not among them: they say it. */
export function readBare(node: BoundNode, { drawing, compiled }: Ground): string[] {
  const { languages } = compiled.definition;
  const texts = node.texts.flatMap(({ field }) =>
    languages.map((language) => compiled.text(node.id, field, language).source),
  );
  const requests = drawing.outlines.get(node.id)?.requests ?? [];
  const isDecision = requests.some(({ request }) => request.kind === 'branch');
  const variables = new Set([...texts.flatMap(bare), ...(isDecision ? [] : node.reads)]);
  return [...variables].filter((variable) => canBeMissing(variable));
}

/** Whom a text goes to is known, and the brand. */
const canBeMissing = (variable: string): boolean =>
  variable !== 'contact.phone' && !variable.startsWith('program.');

/** The variables of a text that stand in braces without a default. */
function bare(source: string): string[] {
  return [...source.matchAll(/\{\{[^{}]*\}\}/g)].flatMap(([output]) => {
    if (/\|\s*default\s*:/.test(output)) return [];
    try {
      return parseTemplate(output).variables;
    } catch (cause) {
      if (cause instanceof TemplateError) return [];
      throw cause;
    }
  });
}
