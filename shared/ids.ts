/** A wide-sense identifier: lower-case words joined by dashes, at most 40 characters. Used for nodes, lists, contests and experiments. */
export const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Turns free words into a slug ("Summer Club!" → "summer-club"); `fallback` when nothing is left. */
export function slugify(words: string, fallback = 'item'): string {
  const slug = words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/g, '');
  return slug || fallback;
}

/** A slug that nothing of its kind has yet: "question", "question-2". */
export function freshSlug(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const suffix = n === 1 ? '' : `-${n}`;
    const slug = wanted.slice(0, 40 - suffix.length).replace(/-+$/, '') + suffix;
    if (!taken.has(slug)) return slug;
  }
}
