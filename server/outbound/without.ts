/** The items that are not among those; nearly always all of them. */
export function without<Item>(
  items: readonly Item[],
  those: ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>,
): readonly Item[] {
  return those.size === 0 ? items : items.filter((item) => !those.has(item));
}
