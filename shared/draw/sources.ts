import type { Source } from './rfc3797.ts';

/** What the key of a draw of ours is made from. */
export interface DrawSecrets {
  /** 64 hex digits; its SHA-256 was shown from the beginning. */
  seed: string;
  /** The SHA-256 of the list of entries, in hex. */
  fingerprint: string;
  /** What became known after the list was fixed: the numbers of a lottery, say. Null where none was announced. */
  publicValue: string | null;
}

/** The sources of a draw of ours, in their order: the seed, the list, and what the public saw. */
export const drawSources = ({ seed, fingerprint, publicValue }: DrawSecrets): Source[] => [
  seed,
  fingerprint,
  ...(publicValue === null ? [] : [numbersOf(publicValue) ?? publicValue]),
];

/** Reads "7, 14, 23" as numbers where it is nothing but numbers; their order does not matter then. */
function numbersOf(value: string): number[] | null {
  if (!/^\d{1,9}(?:[\s,;.–-]+\d{1,9})*$/.test(value.trim())) return null;
  return value.trim().split(/\D+/).map(Number);
}
