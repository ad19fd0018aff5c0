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
