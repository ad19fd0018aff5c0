import type { CountryRules } from './country-rules.ts';
import { BASICS } from './other.ts';

/** United Kingdom: PECR asks for a way out in every message; premium services know STOP and STOP ALL. */
export const gb: CountryRules = {
  country: 'GB',
  name: 'United Kingdom',
  stop: [
    {
      words: ['STOP'],
      by: 'Information Commissioner, PECR regulation 22',
      source: 'http://www.simplydp.co.uk/advice.htm',
      asOf: '2026-11-21',
    },
    {
      words: ['STOP ALL'],
      by: 'PSA Code of Practice: STOP ends the latest service, STOP ALL every service of the short code',
      source: 'PSA Code of Practice',
      asOf: '2026-11-21',
      recalled: true,
    },
  ],
  start: [BASICS.start],
  help: [BASICS.help],
  revokesByLaw: [],
  chargesNotice: {},
};
