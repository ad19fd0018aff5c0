import type { Country } from './calling-codes.ts';
import type { ReservedSets } from './countries/country-rules.ts';

/** Words that a gateway acts on by itself (it blocks or unblocks the number), so that they must mean the same to us. */
export interface GatewayWords extends ReservedSets {
  /** Countries of senders for which the gateway does so; absent: everywhere. */
  readonly countries?: readonly Country[];
}

const TWILIO = {
  by: 'Twilio, default handling of long codes',
  source: 'https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.md',
  asOf: '2026-11-21',
} as const;
const TWILIO_HELP = { ...TWILIO, source: 'Twilio help article 223134027', recalled: true } as const;
const AWS = {
  by: 'AWS End User Messaging: any message that begins with one of them',
  source: 'https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html',
  asOf: '2026-11-21',
} as const;
const TELNYX = {
  by: 'Telnyx, rule of the messaging profile',
  source: 'https://developers.telnyx.com/docs/messaging/messages/advanced-opt-in-out.md',
  asOf: '2026-11-21',
} as const;
const VONAGE = {
  by: 'Vonage opt-out assist for US short codes',
  source: 'https://developer.vonage.com/en/opt-out-assist/guides/key-word-setup',
  asOf: '2026-11-21',
} as const;

/** By the name of the gateway's folder. */
export const GATEWAY_WORDS: Readonly<Record<string, GatewayWords>> = {
  twilio: {
    stop: [
      {
        words: ['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL'],
        ...TWILIO,
      },
    ],
    start: [
      { words: ['START', 'UNSTOP'], ...TWILIO_HELP },
      { words: ['YES'], ...TWILIO_HELP, yields: true },
    ],
    help: [
      { words: ['HELP'], ...TWILIO_HELP },
      { words: ['INFO'], ...TWILIO_HELP, yields: true },
    ],
  },
  aws: {
    stop: [
      {
        words: ['ARRET', 'CANCEL', 'END', 'OPT-OUT', 'OPTOUT', 'QUIT', 'REMOVE', 'STOP', 'TD', 'UNSUBSCRIBE'],
        ...AWS,
      },
    ],
    start: [{ words: ['UNSTOP', 'START'], ...AWS }],
    help: [{ words: ['HELP'], ...AWS }],
    countries: ['US', 'CA'],
  },
  telnyx: {
    stop: [{ words: ['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'], ...TELNYX }],
    start: [{ words: ['START', 'UNSTOP'], ...TELNYX }],
    help: [{ words: ['HELP'], ...TELNYX }],
  },
  vonage: {
    stop: [{ words: ['STOP', 'END', 'QUIT', 'CANCEL', 'UNSUBSCRIBE'], ...VONAGE }],
    start: [
      { words: ['START'], ...VONAGE },
      { words: ['JOIN'], ...VONAGE, yields: true },
    ],
    help: [{ words: ['HELP'], ...VONAGE }],
    countries: ['US'],
  },
};
