import { slugify } from '#shared/ids.ts';

/** An id for a new way out, from its author's words, that none of the others has ("yes", "yes-2"). */
export function uniqueId(words: string, taken: readonly string[], fallback: string): string {
  const base = slugify(words, fallback).slice(0, 36);
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}
