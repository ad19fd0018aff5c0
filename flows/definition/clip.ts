import { nodeKind } from '../registry.ts';
import type { Clip } from './operation.ts';
import type { Definition, Point } from './schema.ts';

/** Cuts these steps out of a definition, with the lines among them, for copying. */
export function clipOf(definition: Definition, ids: readonly string[]): Clip {
  const wanted = new Set(ids);
  const ofWanted = ([key]: [string, unknown]) => wanted.has(nodeOf(key));
  return {
    nodes: definition.nodes.filter(({ id }) => wanted.has(id)),
    edges: definition.edges.filter(({ from, to }) => wanted.has(from) && wanted.has(to)),
    layout: Object.fromEntries(Object.entries(definition.layout).filter(ofWanted)),
    translations: Object.fromEntries(
      Object.entries(definition.translations).map(([language, texts]) => [
        language,
        Object.fromEntries(Object.entries(texts).filter(ofWanted)),
      ]),
    ),
  };
}

/**
 * Puts a clip into a definition under new ids, moved by `by`. Steps without a new id, or whose new id is taken, stay out, and so
 * do translations into languages the flow does not speak.
 */
export function pasteClip(
  definition: Definition,
  clip: Clip,
  ids: Readonly<Record<string, string>>,
  by: Point,
): Definition {
  const taken = new Set(definition.nodes.map(({ id }) => id));
  const renamed = new Map<string, string>();
  const nodes = [...definition.nodes];
  for (const node of clip.nodes) {
    const id = Object.hasOwn(ids, node.id) ? ids[node.id] : undefined;
    if (id === undefined || taken.has(id) || renamed.has(node.id)) continue;
    taken.add(id);
    renamed.set(node.id, id);
    const config = nodeKind(node.kind)?.copied(node.config, nodes) ?? node.config;
    nodes.push({ ...node, id, config });
  }
  const pasted = nodes.slice(definition.nodes.length);
  const edges = clip.edges.flatMap((edge) => {
    const from = renamed.get(edge.from);
    const to = renamed.get(edge.to);
    return from === undefined || to === undefined ? [] : [{ from, port: edge.port, to }];
  });
  const layout = Object.entries(clip.layout).flatMap(([old, { x, y }]) => {
    const id = renamed.get(old);
    return id === undefined ? [] : [[id, { x: x + by.x, y: y + by.y }] as const];
  });
  return {
    ...definition,
    nodes,
    edges: [...definition.edges, ...edges],
    start: definition.start ?? pasted.find(({ kind }) => !nodeKind(kind)?.passive)?.id ?? null,
    layout: { ...definition.layout, ...Object.fromEntries(layout) },
    translations: withTranslations(definition, clip.translations, renamed),
  };
}

function withTranslations(
  { languages, translations }: Definition,
  added: Clip['translations'],
  renamed: ReadonlyMap<string, string>,
): Definition['translations'] {
  const merged = { ...translations };
  for (const language of languages.slice(1)) {
    const texts = Object.entries(added[language] ?? {}).flatMap(([key, text]) => {
      const id = renamed.get(nodeOf(key));
      return id === undefined ? [] : [[`${id}${key.slice(nodeOf(key).length)}`, text] as const];
    });
    if (texts.length > 0) merged[language] = { ...merged[language], ...Object.fromEntries(texts) };
  }
  return merged;
}

/** The step that a key of translations ("ask.text") or layout ("ask") belongs to. */
export const nodeOf = (key: string): string => key.split('.', 1)[0] ?? key;
