import type { Stream } from '#shared/api/common.ts';

/** A page of an endless list, from what was asked for and one more, which tells that there are more. */
export function streamOf<Item extends { id: string }>(found: readonly Item[], size: number): Stream<Item> {
  const items = found.slice(0, size);
  return { items, next: found.length > size ? (items.at(-1)?.id ?? null) : null };
}
