import type { OrderOutcome } from '#shared/api/orders.ts';

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

/** Why the consent gate holds a text back, as a sentence. */
export function heldBackWords(reason: string | null): string {
  return (
    (reason === null ? undefined : REASONS[reason]) ?? `It is held back: ${reason ?? 'no reason given'}.`
  );
}

const REASONS: Readonly<Record<string, string>> = {
  stopped: 'This person said STOP, so nothing goes out.',
  'too-young':
    'Its list is for people of a certain age, and this person has not answered that they are as old.',
  'no-consent': 'This person has not joined its list, so it may not be sent to them.',
  'not-a-reply': 'It is meant as a reply, and this person has not just texted.',
  frozen: 'It is not clear whether this person said STOP. Somebody has to decide that first.',
};

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
      return heldBackWords('stopped');
    case 'already':
      return 'This person is in that flow already.';
    case 'left-out':
      return 'It was taken back before its turn came.';
    case 'failed':
      return `It failed: ${reason === null ? 'nobody knows why' : reason.replace(/\.$/, '')}.`;
  }
}
