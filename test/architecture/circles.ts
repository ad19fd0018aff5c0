/** Whom each names: files and the files they import, or folders and the folders they do. */
export type Arrows = ReadonlyMap<string, Iterable<string>>;

/** The ways that come back to where they began, one for each place where a walk along the arrows met its own way: [a, b, a]. */
export function circlesIn(arrows: Arrows): string[][] {
  const looked = new Set<string>();
  const circles: string[][] = [];
  const walk = (at: string, way: readonly string[]): void => {
    if (way.includes(at)) circles.push([...way.slice(way.indexOf(at)), at]);
    if (looked.has(at)) return;
    looked.add(at);
    for (const to of arrows.get(at) ?? []) walk(to, [...way, at]);
  };
  for (const start of arrows.keys()) walk(start, []);
  return circles;
}
