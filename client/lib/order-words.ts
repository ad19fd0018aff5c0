import type { OrderOutcome } from '#shared/api/orders.ts';
import { whyHeldBack } from './held-back.ts';

/** What came of an order, in words for a list. */
export const OUTCOME_WORDS: Readonly<Record<OrderOutcome, string>> = {
  started: 'Started',
  sent: 'Sent',
  'held-back': 'Held back',
  stopped: 'Said STOP',
  already: 'In the flow already',
  'left-out': 'Left out',
  failed: 'Failed',
};

/** Why a text is held back, as a sentence. */
export const heldBackWords = (reason: string | null): string => `It is held back: ${whyHeldBack(reason)}.`;

/** What an order came to, as a sentence; null where all went well. */
export function refusalWords({
  outcome,
  reason,
}: {
  outcome: OrderOutcome;
  reason: string | null;
}): string | null {
  switch (outcome) {
    case 'started':
    case 'sent':
      return null;
    case 'held-back':
      return heldBackWords(reason);
    case 'stopped':
      return 'This person said STOP, so nothing goes out.';
    case 'already':
      return 'This person is in that flow already.';
    case 'left-out':
      return 'It was taken back before its turn came.';
    case 'failed':
      return `It failed: ${reason === null ? 'nobody knows why' : reason.replace(/\.$/, '')}.`;
  }
}
