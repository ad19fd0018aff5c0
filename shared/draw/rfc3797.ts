import { md5 } from './md5.ts';

/** Something public or sealed that a draw is made from: a text, or numbers such as those of a lottery, in any order. */
export type Source = string | readonly number[];

/** How many can be picked with one key: the pick's number goes into the digest as 16 bits. */
export const MOST_PICKS = 65_535;

/**
 * The key of a draw: every source in its one form, numbers sorted and texts in capitals without marks, behind each a dot and a slash
 * [RFC 3797, 4.1–4.2].
 */
export const drawKey = (sources: readonly Source[]): string =>
  sources.map((source) => `${canonical(source)}./`).join('');

function canonical(source: Source): string {
  if (typeof source === 'string') return source.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return [...source].sort((a, b) => a - b).join('.');
}

/**
 * The places in a list of `size` that are drawn, in the order they are drawn, from 0: each pick is one of those that remain, in the
 * list's own order [RFC 3797, 4.3]. The first picks of a longer draw are those of a shorter one, so that whoever is drawn next when a
 * winner drops out is settled as well.
 */
export function drawPlaces(key: string, size: number, picks: number): number[] {
  const drawn: number[] = [];
  const taken: number[] = [];
  for (let pick = 0; pick < Math.min(size, picks, MOST_PICKS); pick++) {
    const remaining = Number(digestOf(key, pick) % BigInt(size - pick));
    const place = nthFree(taken, remaining);
    drawn.push(place);
  }
  return drawn;
}

/** The n-th place, from 0, that is not taken; takes it. `taken` is sorted. */
function nthFree(taken: number[], n: number): number {
  let place = n;
  let before = 0;
  for (; before < taken.length && (taken[before] ?? 0) <= place; before++) place++;
  taken.splice(before, 0, place);
  return place;
}

/** The digest of a pick: its number goes before and behind the key, which keeps one from being guessed by another. */
export function digestOf(key: string, pick: number): bigint {
  const number = [pick >> 8, pick & 0xff];
  return md5(Uint8Array.from([...number, ...[...key].map((letter) => letter.charCodeAt(0)), ...number]));
}
