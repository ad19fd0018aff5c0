/** A line of a numbered list: "1 Hours", "2. Where", "3) More". */
const LINE = /^\s*(\d{1,2})[.):]?\s+\S.*$/;
const ANYWHERE = /(?<![\p{L}\p{N}])(\d{1,2})(?![\p{L}\p{N}])/gu;

/** The numbers that a text names. */
export const numberedIn = (text: string): Set<number> =>
  new Set([...text.matchAll(ANYWHERE)].map(([, number]) => Number(number)));

/**
 * The text of a menu with its numbered list as the options are now. What else the author wrote stays, before the list and behind
 * it; a text without a list gets one at its end.
 */
export function withList(text: string, labels: readonly string[]): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => LINE.test(line));
  const list = labels.map((label, at) => `${at + 1} ${label}`);
  if (first < 0) return [...(text.trim() === '' ? [] : [text.trimEnd()]), ...list].join('\n');
  const before = lines.slice(0, first);
  const after = lines.slice(first).filter((line) => !LINE.test(line));
  return [...before, ...list, ...after].join('\n');
}
