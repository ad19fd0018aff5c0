import type { CountryRules } from './country-rules.ts';
import { BASICS } from './other.ts';

/** Germany: the law (UWG § 7) asks for a simple way to object and names no word; providers use STOP. */
export const de: CountryRules = {
  country: 'DE',
  name: 'Germany',
  stop: [BASICS.stop],
  start: [BASICS.start],
  help: [BASICS.help],
  revokesByLaw: [],
  chargesNotice: {},
};
