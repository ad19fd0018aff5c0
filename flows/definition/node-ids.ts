import { freshSlug, slugify } from '#shared/ids.ts';
import type { Definition } from './schema.ts';

/** An id that no step of the definition has yet: "question", "question-2" … `taken` are ids promised to others already. */
export function freshNodeId(definition: Definition, kind: string, taken: Iterable<string> = []): string {
  const used = new Set([...definition.nodes.map(({ id }) => id), ...taken]);
  return freshSlug(slugify(kind.replace(/-\d+$/, ''), 'step'), used);
}

/** Fresh ids for copies of these steps, each like the id it is copied from. */
export function freshNodeIds(definition: Definition, ids: readonly string[]): Record<string, string> {
  const fresh: Record<string, string> = {};
  for (const id of ids) fresh[id] = freshNodeId(definition, id, Object.values(fresh));
  return fresh;
}
