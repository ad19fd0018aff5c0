import { nodeKind } from '../registry.ts';
import { putAt } from './put-at.ts';
import type { Definition } from './schema.ts';

/**
 * Says which languages a flow speaks, the base first. What was translated into a language that goes is dropped. Where another
 * language becomes the base, its translations become the texts, and the old texts translations.
 */
export function withLanguages(definition: Definition, languages: readonly string[]): Definition {
  const wanted = [...new Set(languages)];
  const [base] = wanted;
  if (base === undefined) return definition;
  const swapped = base === definition.languages[0] ? definition : withBase(definition, base);
  const kept = Object.entries(swapped.translations).filter(([language]) => wanted.indexOf(language) > 0);
  return { ...swapped, languages: wanted, translations: Object.fromEntries(kept) };
}

function withBase(definition: Definition, base: string): Definition {
  const oldBase = definition.languages[0] ?? base;
  const translated = definition.translations[base] ?? {};
  const oldTexts: Record<string, string> = {};
  const nodes = definition.nodes.map((node) => {
    const bound = nodeKind(node.kind)?.bind(node);
    if (!bound || Array.isArray(bound)) return node;
    let { config } = node;
    for (const { field, template } of bound.texts) {
      const key = `${node.id}.${field}`;
      oldTexts[key] = template;
      const text = translated[key];
      if (text) config = putAt(config, field.split('.'), text);
    }
    for (const { field, words, byLanguage } of bound.replyWords) {
      const { [base]: own, ...others } = byLanguage;
      if (!own || own.length === 0) continue;
      const path = field.split('.');
      config = putAt(config, [...path, 'words'], own);
      config = putAt(config, [...path, 'byLanguage'], { ...others, [oldBase]: words });
    }
    return { ...node, config };
  });
  return { ...definition, nodes, translations: { ...definition.translations, [oldBase]: oldTexts } };
}
