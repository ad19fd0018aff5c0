import { Problem } from '../common/problem.ts';
import { VERSION_UNOPENED } from './inbound.service.ts';

/** What could not be decided now, because texts of the person wait or too much does, is brought again after this, in milliseconds. */
const AGAIN_MS = 2_000;
/** Where a version does not open here, another node may know it, or this one later. */
const UNOPENED_AGAIN_MS = 60_000;
/** The same where attempts are counted: the distances grow until this. */
const LONGEST_AGAIN_MS = 4 * 60_000;

/** After how many milliseconds work is to be brought again that was refused. `attempts`: how many there were, where somebody counts. */
export function againAfter(refusal: unknown, attempts?: number): number {
  if (!(refusal instanceof Problem) || refusal.code !== VERSION_UNOPENED) return AGAIN_MS;
  return attempts === undefined
    ? UNOPENED_AGAIN_MS
    : Math.min(AGAIN_MS * 2 ** (attempts - 1), LONGEST_AGAIN_MS);
}
