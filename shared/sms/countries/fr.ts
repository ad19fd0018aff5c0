import type { CountryRules } from './country-rules.ts';
import { BASICS } from './other.ts';

/** France: STOP alone, sent to the 36xxx code that the message names ("STOP au 36xxx"); CONTACT on SMS+ services. */
export const fr: CountryRules = {
  country: 'FR',
  name: 'France',
  stop: [
    {
      words: ['STOP'],
      by: 'CPCE L34-5, CNIL, af2m',
      source: 'https://lafabriquesms.fr/obligations-legales-sms',
      asOf: '2026-11-21',
    },
  ],
  start: [BASICS.start],
  help: [
    BASICS.help,
    {
      words: ['CONTACT'],
      by: 'SMS+ code of conduct',
      source: 'SMS+ code of conduct (af2m)',
      asOf: '2026-11-21',
      recalled: true,
      yields: true,
    },
  ],
  revokesByLaw: [],
  chargesNotice: {},
};
