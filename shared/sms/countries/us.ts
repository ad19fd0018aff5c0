import type { CountryRules, WordSet } from './country-rules.ts';
import { BASICS } from './other.ts';

// "STOP" and the six others revoke in any reply; further words count if a reasonable person understands them so.
const FCC: WordSet = {
  words: ['STOP', 'QUIT', 'END', 'REVOKE', 'OPT OUT', 'CANCEL', 'UNSUBSCRIBE'],
  by: 'FCC, 47 CFR 64.1200(a)(10), in force since 2025-04-11',
  source: 'https://www.govinfo.gov/content/pkg/FR-2024-03-05/html/2024-04587.htm',
  asOf: '2026-11-21',
};

/** Nothing but this very word is handled on the network, which answers it with a text of its own and takes no more texts until START or UNSTOP. */
export const TOLL_FREE_STOPS: readonly WordSet[] = [
  {
    words: ['STOP'],
    by: 'toll-free network of the US and Canada',
    source: 'https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html',
    asOf: '2026-11-21',
  },
];

/** United States: FCC revocation words, CTIA handbook, toll-free network words. */
export const us: CountryRules = {
  country: 'US',
  name: 'United States',
  stop: [
    FCC,
    {
      words: ['STOP', 'END', 'CANCEL', 'UNSUBSCRIBE', 'QUIT'],
      by: 'CTIA Short Code Monitoring Handbook',
      source: 'https://usshortcodedirectory.com/ctia-short-code-monitoring-handbook/',
      asOf: '2026-11-21',
    },
    {
      words: ['STOPALL', 'STOP ALL', 'OPTOUT', 'OPT-OUT'],
      by: 'spellings of the above that US providers honour (Twilio, Telnyx, AWS)',
      source: 'https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.md',
      asOf: '2026-11-21',
    },
  ],
  start: [
    BASICS.start,
    {
      words: ['UNSTOP'],
      by: 'US toll-free network',
      source: 'https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html',
      asOf: '2026-11-21',
    },
    {
      words: ['YES'],
      by: 'Twilio, Braze, OneSignal',
      source: 'https://braze.com/docs/user_guide/message_building_by_channel/sms/keywords/optin_optout',
      asOf: '2026-11-21',
      yields: true,
    },
  ],
  help: [
    BASICS.help,
    {
      words: ['INFO'],
      by: 'CTIA Short Code Monitoring Handbook',
      source: 'https://usshortcodedirectory.com/ctia-short-code-monitoring-handbook/',
      asOf: '2026-11-21',
      yields: true,
    },
  ],
  tollFreeStops: TOLL_FREE_STOPS,
  revokesByLaw: [FCC],
  chargesNotice: { en: 'Msg&data rates may apply.' },
};
