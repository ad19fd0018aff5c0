import { randomFillSync } from 'node:crypto';

/**
 * A new UUIDv7 (RFC 9562) for a row made at `now` (ms since 1970). Ids of one process sort in the order they were
 * made, also within a millisecond and when the clock steps back: the 12 bits behind the time count, and a count that
 * runs over borrows the next millisecond.
 */
export function newId(now: number): string {
  if (now > last) {
    startMillisecond(now);
  } else if (++count > 0xfff) {
    startMillisecond(last + 1);
  }
  return written(prefix, count);
}

/**
 * Makes ids that follow every one of `time`, wherever that lies, all in the next millisecond, so that what follows them in turn follows
 * all of them. It takes no other id along: those stay with the clock.
 */
export function idsAfter(time: number): () => string {
  let at = time;
  let next = 0x1000;
  return () => {
    if (next > 0xfff) {
      at++;
      next = 0;
    }
    return written(prefixOf(at), next++);
  };
}

function written(first: string, count: number): string {
  if (used + 8 > POOL) refill();
  const at = used;
  used += 8;
  if (first !== begun) {
    characters.write(first, 'latin1');
    begun = first;
  }
  put(14, 0x70 | (count >>> 8));
  put(16, count & 0xff);
  put(19, ((pool[at] ?? 0) & 0x3f) | 0x80);
  put(21, pool[at + 1] ?? 0);
  for (let i = 0; i < 6; i++) put(24 + 2 * i, pool[at + 2 + i] ?? 0);
  return characters.toString('latin1');
}

/** The buffer that ids are written into. Read out at once it gives a flat string, several times cheaper to use than one joined from pieces. */
const characters = Buffer.from('00000000-0000-7000-8000-000000000000', 'latin1');
const DIGITS = Buffer.from('0123456789abcdef', 'latin1');
/** The time prefix that the buffer holds now. */
let begun = '';

function put(place: number, byte: number): void {
  characters[place] = DIGITS[byte >>> 4] ?? 0;
  characters[place + 1] = DIGITS[byte & 0xf] ?? 0;
}

/** The millisecond an id was made at, as far as it tells: a borrowed millisecond reads as itself. */
export function idTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Stands before every id, for reading rows page by page. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** The lowest id that could have been made at `time`: rows from then on have an id at least this high. */
export function lowestId(time: number): string {
  return `${prefixOf(Math.max(0, Math.floor(time)))}7000-8000-000000000000`;
}

const POOL = 8192;
const pool = new Uint8Array(POOL);
let used = POOL;
let last = -1;
let count = 0;
let prefix = '';

/** Starts a millisecond at a chance count below half, which leaves at least 2,048 ids in it. */
function startMillisecond(time: number): void {
  if (used + 8 > POOL) refill();
  count = (((pool[used] ?? 0) << 8) | (pool[used + 1] ?? 0)) & 0x7ff;
  used += 2;
  last = time;
  prefix = prefixOf(time);
}

function prefixOf(time: number): string {
  const digits = time.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-`;
}

function refill(): void {
  randomFillSync(pool);
  used = 0;
}
