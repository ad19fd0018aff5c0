import type { Stream } from '#shared/api/common.ts';

/** Cuts the rows found to a page of an endless list. Ask the database for `size + 1`: the extra row says that there are more. */
export function streamOf<Item extends { id: string }>(found: readonly Item[], size: number): Stream<Item> {
  const items = found.slice(0, size);
  return { items, next: found.length > size ? (items.at(-1)?.id ?? null) : null };
}
