import type { SendResult } from '../gateways/gateway.ts';
import { gatewayOf } from '../gateways/registry.ts';
import { backoff, mostAttempts } from './backoff.ts';
import type { ClaimedText, Settled } from './outbox.repository.ts';
import type { Ruling } from './rules.ts';

/** What a gateway's answer means for a text: gone, due again after a while, or given up. `chance` from 0 to 1 is the jitter. */
export function judge(text: ClaimedText, result: SendResult, now: number, chance: number): Settled {
  const settled = {
    text,
    reason: null,
    gatewayMessageId: null,
    reports: false,
    dueAt: now,
    held: false,
  };
  switch (result.outcome) {
    case 'sent':
    case 'delivered': {
      const { outcome: status, gatewayMessageId } = result;
      const reports = status === 'sent' && gatewayOf(text.lane.gatewayKind)?.receipts !== undefined;
      return { ...settled, status, gatewayMessageId, reports };
    }
    case 'failed':
      return { ...settled, status: 'failed', reason: result.reason, blocked: result.blocked ?? false };
    case 'retry': {
      const { trouble, reason, afterMs } = result;
      if (text.attempts >= mostAttempts(trouble))
        return {
          ...settled,
          status: 'failed',
          reason: `Given up after ${text.attempts} attempts: ${reason}`,
        };
      const dueAt = now + backoff(trouble, text.attempts, chance, afterMs);
      return { ...settled, status: 'queued', reason, dueAt };
    }
  }
}

/** What a rule's word means for a text. */
export const ruledOut = (text: ClaimedText, ruling: Ruling, now: number): Settled => ({
  text,
  status: ruling.status,
  reason: ruling.reason,
  gatewayMessageId: null,
  reports: false,
  dueAt: ruling.status === 'queued' ? ruling.until : now,
  held: ruling.status === 'queued' && !ruling.inOrder,
  untried: true,
});
