import type { Definition } from '../definition/schema.ts';
import { flatten } from './flatten.ts';
import type { BoundNode, NodeText } from './node-kind.ts';
import { type Statechart, statechart } from './statechart.ts';
import { parseTemplate, type TextTemplate } from './template.ts';

/** Bumped when the same definition would compile to another machine; part of the key of every machine cache. */
export const ENGINE_REVISION = 1;

/** A definition made runnable: the statechart, its nodes and its parsed texts. Cached by (version, engine revision). */
export interface CompiledFlow {
  /** As it runs: with the steps of the flows inside. */
  definition: Definition;
  chart: Statechart;
  nodes: ReadonlyMap<string, BoundNode>;
  /** The text of a node's field in a language, falling back to the base language. */
  text: (node: string, field: string, language: string) => TextTemplate;
  /** The one of the flow's languages that fits a contact's. */
  language: (wanted: string | null) => string;
}

/**
 * Compiles bound nodes into the statechart the drawing is. Total for anything that `parse` let through, drafts included: a line
 * to a step that is missing or whose config is wrong leads to a dead end. Flows that steps hold are laid out inside.
 */
export function compile(drawing: Definition, bound: ReadonlyMap<string, BoundNode>): CompiledFlow {
  const { definition, nodes } = flatten({ definition: drawing, nodes: bound });
  const { text, language } = texts(definition, nodes);
  return { definition, chart: statechart(definition, nodes), nodes, text, language };
}

function texts(
  definition: Definition,
  nodes: ReadonlyMap<string, BoundNode>,
): Pick<CompiledFlow, 'text' | 'language'> {
  const base = definition.languages[0] ?? 'en';
  const inLanguages = (node: string, { field, template }: NodeText): Map<string, TextTemplate> => {
    const found = new Map([[base, lenient(template)]]);
    for (const language of definition.languages.slice(1)) {
      const translated = definition.translations[language]?.[`${node}.${field}`];
      if (translated) found.set(language, lenient(translated));
    }
    return found;
  };
  const parsed = new Map(
    [...nodes.values()].map(({ id, texts }) => [
      id,
      new Map(texts.map((text) => [text.field, inLanguages(id, text)])),
    ]),
  );
  return {
    text: (node, field, language) => {
      const found = parsed.get(node)?.get(field);
      return found?.get(language) ?? found?.get(base) ?? lenient('');
    },
    language: (wanted) => {
      if (!wanted) return base;
      const short = wanted.split('-')[0] ?? wanted;
      return (
        definition.languages.find((one) => one === wanted) ??
        definition.languages.find((one) => one === short) ??
        base
      );
    },
  };
}

/** A text that does not parse is an issue and cannot be published; on the phone of a draft it is shown as it stands. */
function lenient(source: string): TextTemplate {
  try {
    return parseTemplate(source);
  } catch {
    return { source, variables: [], render: () => source };
  }
}
