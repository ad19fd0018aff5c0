import type { SendResult } from '../gateways/gateway.ts';
import { gatewayOf } from '../gateways/registry.ts';
import { backoff, mostAttempts, wearOf } from './backoff.ts';
import type { ClaimedText } from './read-claimed.ts';
import type { Ruling } from './ruling.ts';
import type { Settled } from './settle.ts';
import { dueAgain } from './validity.ts';

/**
 * What a gateway's answer means for a text: gone, due again after a while, or given up. `chance` from 0 to 1 is the jitter. What a far end
 * refuses because of who we are waits until it does so no more, and was no attempt; `ownRefusals`: how often it took others meanwhile. One
 * literal each: this is done for every text, and objects that grow after a spread cost as much as a request.
 */
export function judge(
  text: ClaimedText,
  result: SendResult,
  now: number,
  chance: number,
  ownRefusals = 0,
): Settled {
  switch (result.outcome) {
    case 'sent':
    case 'delivered':
      return {
        text,
        status: result.outcome,
        reason: null,
        gatewayMessageId: result.gatewayMessageId,
        reports: result.outcome === 'sent' && gatewayOf(text.lane.gatewayKind)?.receipts !== undefined,
        dueAt: now,
        held: false,
        blocked: false,
        untried: false,
      };
    case 'failed':
      return failed(text, result.reason, result.blocked ?? false, now);
    case 'retry': {
      const { trouble, reason, afterMs } = result;
      const isRefused = trouble === 'refused';
      const wear = isRefused ? 0 : wearOf(trouble);
      const worn = text.worn + wear;
      const tries = isRefused ? ownRefusals : text.attempts;
      // What was of another trouble counts as much as it has worn the text.
      const attempts = wear === 0 ? tries : Math.ceil(worn / wear);
      if (attempts >= mostAttempts(trouble))
        return failed(text, `Given up after ${tries} tries. The last time: ${reason}`, false, now);
      return {
        text,
        status: 'queued',
        reason,
        gatewayMessageId: null,
        reports: false,
        dueAt: dueAgain(text, now + backoff(trouble, Math.max(1, attempts), chance, afterMs)),
        held: false,
        blocked: false,
        untried: isRefused,
        worn,
      };
    }
  }
}

const failed = (text: ClaimedText, reason: string, blocked: boolean, now: number): Settled => ({
  text,
  status: 'failed',
  reason,
  gatewayMessageId: null,
  reports: false,
  dueAt: now,
  held: false,
  blocked,
  untried: false,
});

/** What a rule's word means for a text. */
export const ruledOut = (text: ClaimedText, ruling: Ruling, now: number): Settled => ({
  text,
  status: ruling.status,
  reason: ruling.reason,
  gatewayMessageId: null,
  reports: false,
  dueAt: ruling.status === 'queued' ? dueAgain(text, ruling.until) : now,
  held: ruling.status === 'queued' && !ruling.inOrder,
  blocked: false,
  untried: true,
});
