import type { ReservedSets, WordSet } from './countries/country-rules.ts';

const LOCALISED = {
  by: 'common localisations',
  source: 'https://github.com/PovertyAction/requests_to_twilio_v2',
  asOf: '2026-11-21',
} as const;
const GOFLOW = { ...LOCALISED, source: 'https://github.com/nyaruka/goflow utils/text_test.go' } as const;
const RECALLED = { ...LOCALISED, source: 'usage of senders', recalled: true } as const;

const stopOnly = (...stop: WordSet[]): ReservedSets => ({ stop, start: [], help: [] });

/**
 * Reserved words of a language, added to a sender's when its program speaks that language; by ISO 639-1 code. English has only what cannot be meant otherwise: CANCEL, END and QUIT are the US law's words and
 * Canada's, elsewhere ordinary answers ("CANCEL my appointment").
 */
export const LANGUAGE_WORDS: Readonly<Record<string, ReservedSets>> = {
  en: stopOnly({
    words: ['UNSUBSCRIBE', 'STOPALL', 'STOP ALL', 'OPT OUT', 'OPTOUT', 'OPT-OUT'],
    ...RECALLED,
  }),
  es: {
    stop: [
      { words: ['BAJA', 'PARAR', 'CANCELAR', 'SALIR'], ...LOCALISED },
      { words: ['ALTO', 'NO MAS', 'NO MÁS'], ...RECALLED },
    ],
    start: [],
    help: [{ words: ['AYUDA'], ...RECALLED, yields: true }],
  },
  fr: {
    stop: [{ words: ['STOP', 'ARRET', 'ARRÊT', 'DESABONNER', 'DÉSABONNER'], ...RECALLED }],
    start: [],
    help: [{ words: ['AIDE'], ...RECALLED, yields: true }],
  },
  de: {
    stop: [{ words: ['STOP', 'STOPP', 'ABMELDEN', 'ENDE'], ...RECALLED }],
    start: [],
    help: [{ words: ['HILFE'], ...RECALLED, yields: true }],
  },
  it: stopOnly({ words: ['STOP', 'CANCELLA', 'BASTA'], ...RECALLED }),
  pt: stopOnly({ words: ['PARAR', 'CANCELAR'], ...LOCALISED }, { words: ['SAIR'], ...RECALLED }),
  nl: stopOnly({ words: ['STOP', 'AFMELDEN', 'UIT'], ...RECALLED }),
  sv: stopOnly({ words: ['STOPP', 'AVSLUTA'], ...RECALLED }),
  no: stopOnly({ words: ['STOPP', 'AVSLUTT'], ...RECALLED }),
  da: stopOnly({ words: ['STOP', 'AFMELD'], ...RECALLED }),
  fi: stopOnly({ words: ['STOP', 'LOPETA'], ...RECALLED }),
  pl: stopOnly({ words: ['STOP', 'REZYGNUJE'], ...RECALLED }),
  tr: stopOnly({ words: ['RET', 'IPTAL', 'İPTAL'], ...RECALLED }),
  id: stopOnly({ words: ['STOP', 'BERHENTI'], ...RECALLED }),
  th: stopOnly({ words: ['ยกเลิก'], ...GOFLOW }),
  bn: stopOnly({ words: ['বাতিল'], ...GOFLOW }),
  my: stopOnly({ words: ['ထွက်သွား'], ...GOFLOW }),
};

/** The ISO 639-1 code a language tag begins with: `fr` of `fr-CA`. */
export function languageCode(tag: string): string {
  return tag.slice(0, 2).toLowerCase();
}
