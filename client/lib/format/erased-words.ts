import { dayOf } from './moment.ts';

/** What stands in the place of words that went with their person: "Erased with the person on 21 Nov 2026". */
export const erasedWords = (at: string | null, zone: string): string =>
  at === null ? 'Erased with the person' : `Erased with the person on ${dayOf(at, zone)}`;
