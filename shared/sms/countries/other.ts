import type { CountryRules, WordSet } from './country-rules.ts';

/** The three words that people know wherever texting is done in our alphabet. */
export const BASICS = {
  stop: {
    words: ['STOP'],
    by: 'every provider',
    source: 'https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.md',
    asOf: '2026-11-21',
  },
  start: {
    words: ['START'],
    by: 'every provider',
    source: 'https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html',
    asOf: '2026-11-21',
  },
  help: {
    words: ['HELP'],
    by: 'every provider',
    source: 'https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html',
    asOf: '2026-11-21',
  },
} as const satisfies Record<string, WordSet>;

/** Countries without rules of their own here: STOP, START and HELP, nothing else. */
export const other: CountryRules = {
  country: null,
  name: 'Any other country',
  stop: [BASICS.stop],
  start: [BASICS.start],
  help: [BASICS.help],
  revokesByLaw: [],
  chargesNotice: {},
};
