import type { CallAnswer, ClaimedCall } from './call-rows.ts';

/** How a call went: it is over, or is to be made again after a while (milliseconds). */
export type CallResult = CallAnswer | { again: number; reason: string };

/** Makes one kind of call. It rejects never, but says how it went. */
export interface CallHandler {
  readonly kind: string;
  perform(call: ClaimedCall): Promise<CallResult>;
}
