import type { Definition } from './schema.ts';

/**
 * A definition as text for files and diffs: always the same order of keys, so that two
 * prints differ only where two flows do. `parse` reads it back as it was.
 */
export function print(definition: Definition): string {
  const {
    schemaVersion,
    name,
    description,
    languages,
    triggers,
    interruptible,
    nodes,
    edges,
    start,
    translations,
    layout,
  } = definition;
  const ordered = {
    schemaVersion,
    name,
    description,
    languages,
    triggers,
    interruptible,
    nodes: nodes.map(({ id, kind, title, config }) => ({ id, kind, title, config: sorted(config) })),
    edges: edges.map(({ from, port, to }) => ({ from, port, to })),
    start,
    translations: sorted(translations),
    layout: sorted(layout),
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

/** JSON with the keys of every object in order. */
export function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, sorted(value)]),
  );
}
