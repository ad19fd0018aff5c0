const MOST = 10;
const LONGEST = 1_000;

/** The addresses of pictures and files in what a gateway gave; whatever is none is passed over, for a text is never refused. */
export function mediaOf(given: unknown): string[] {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.flatMap((one) => (typeof one === 'string' && isAddress(one) ? [one] : [])).slice(0, MOST);
}

/** The same out of the fields that were kept with a stored text. */
export const mediaIn = (extra: unknown): string[] =>
  typeof extra === 'object' && extra !== null ? mediaOf(Reflect.get(extra, 'media')) : [];

const isAddress = (text: string): boolean =>
  text.length <= LONGEST && /^https?:\/\//i.test(text) && URL.canParse(text);
