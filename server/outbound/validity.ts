import { VALIDITY_MINUTES } from '#shared/sms/validity.ts';
import type { ClaimedText } from './read-claimed.ts';

/** How long a text is worth sending, in minutes from when it was queued: by what it is for, or less where its sender says so. */
export const validMinutes = ({ purpose, lane }: Pick<ClaimedText, 'purpose' | 'lane'>): number =>
  Math.min(lane.limits.validMinutes ?? Number.POSITIVE_INFINITY, VALIDITY_MINUTES[purpose]);

/** When a text that is put off is looked at again: no later than it expires, so that its run hears of that in time. */
export const dueAgain = (text: ClaimedText, at: number): number =>
  Math.min(at, text.queuedAt + validMinutes(text) * 60_000 + 1);
