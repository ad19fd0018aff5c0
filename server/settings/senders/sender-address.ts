import { parsePhone } from '#shared/sms/phone.ts';
import type { SaveSender } from '#shared/api/senders.ts';
import { NO_PHONE } from '../../common/read-phone.ts';

const SHORT_CODE = /^\d{3,8}$/;
/** What GSM lets a sender be called: at most 11 of these, not digits alone. */
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9 &._+-]{1,11}$/;

/** A sender's address as carriers write it, or why it cannot be one. */
export function senderAddress({
  address,
  kind,
  country,
}: Pick<SaveSender, 'address' | 'kind' | 'country'>): { address: string } | { wrong: string } {
  switch (kind) {
    case 'short-code': {
      const digits = address.replace(/[\s-]/g, '');
      return SHORT_CODE.test(digits) ? { address: digits } : { wrong: 'A short code has 3 to 8 digits.' };
    }
    case 'long-number':
    case 'toll-free': {
      const phone = parsePhone(address, country);
      return phone ? { address: phone.e164 } : { wrong: NO_PHONE };
    }
    case 'alphanumeric':
      return NAME.test(address)
        ? { address }
        : { wrong: 'A name has at most 11 letters and digits, among them a letter.' };
  }
}
