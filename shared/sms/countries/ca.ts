import type { CountryRules } from './country-rules.ts';
import { BASICS } from './other.ts';
import { TOLL_FREE_STOPS } from './us.ts';

const GUIDELINES = {
  by: 'CWTA Canadian Common Short Code Application Guidelines 3.9',
  source:
    'https://support.infobip.com/docs/essentials/usa-and-canada-compliance/canadian-mandatory-keyword-responses',
  asOf: '2026-11-21',
} as const;

/** Canada: five words are mandatory on every program, in both languages, and answered to people who never joined. */
export const ca: CountryRules = {
  country: 'CA',
  name: 'Canada',
  stop: [
    { words: ['STOP', 'ARRET'], ...GUIDELINES },
    { words: ['END', 'QUIT', 'CANCEL', 'UNSUBSCRIBE', 'UNSUB'], ...GUIDELINES },
  ],
  start: [
    BASICS.start,
    {
      words: ['UNSTOP'],
      by: 'toll-free network of the US and Canada',
      source: 'https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html',
      asOf: '2026-11-21',
    },
  ],
  // INFO is mandatory as long as the program does not use it itself: a keyword INFO answers with information too.
  help: [
    { words: ['HELP', 'AIDE'], ...GUIDELINES },
    { words: ['INFO'], ...GUIDELINES, yields: true },
  ],
  tollFreeStops: TOLL_FREE_STOPS,
  revokesByLaw: [],
  chargesNotice: {},
};
