/** Some of these at a time, in their order. */
export function* inTurns<Item>(items: readonly Item[], atOnce: number): Generator<Item[]> {
  for (let at = 0; at < items.length; at += atOnce) yield items.slice(at, at + atOnce);
}
