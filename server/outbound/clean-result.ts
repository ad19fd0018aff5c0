import { assertNever } from '#shared/assert-never.ts';
import { clean } from '#shared/sms/text.ts';
import type { SendResult } from '../gateways/gateway.ts';

/** Ids that are longer come back in no delivery report, and no index takes them; an empty one is none. */
const LONGEST_ID = 200;
/** Reasons are shown and logged, and kept for a gateway where nobody would look for a person. */
const WHOLE_NUMBER = /\+?\d[\d ().-]{5,}\d/g;

/** A gateway's answer as it can be stored: a far end may say anything, and what went out has to be written down all the same. */
export function cleanResult(result: SendResult): SendResult {
  switch (result.outcome) {
    case 'sent':
    case 'delivered': {
      if (result.gatewayMessageId === null) return result;
      const id = clean(result.gatewayMessageId);
      const isOne = id !== '' && id.length <= LONGEST_ID;
      if (isOne && id === result.gatewayMessageId) return result;
      return { outcome: result.outcome, gatewayMessageId: isOne ? id : null };
    }
    case 'failed':
    case 'retry':
      return { ...result, reason: clean(result.reason).replace(WHOLE_NUMBER, '…') };
    default:
      return assertNever(result);
  }
}
