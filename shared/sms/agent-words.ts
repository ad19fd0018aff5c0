import { languageCode } from './language-words.ts';
import { normalise } from './text.ts';

/**
 * What people text who want to talk to somebody, by ISO 639-1 code of the language. No carrier's words: a program that has an
 * answer to them hears them, and they yield to any keyword or answer that names them.
 */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['AGENT', 'HUMAN', 'OPERATOR', 'REPRESENTATIVE', 'REAL PERSON', 'TALK TO A PERSON'],
  fr: ['AGENT', 'CONSEILLER', 'CONSEILLERE', 'HUMAIN'],
  de: ['MITARBEITER', 'MITARBEITERIN', 'MENSCH', 'BERATER'],
  es: ['AGENTE', 'ASESOR', 'ASESORA', 'HUMANO'],
  it: ['AGENTE', 'OPERATORE', 'UMANO'],
  pt: ['AGENTE', 'ATENDENTE', 'HUMANO'],
  nl: ['MEDEWERKER', 'MENS'],
};

/** The words for an agent in the languages of a program, English always among them: as typed, by their normalised form. */
export function agentWords(languages: readonly string[]): ReadonlyMap<string, string> {
  const codes = new Set(['en', ...languages.map(languageCode)]);
  return new Map([...codes].flatMap((code) => (WORDS[code] ?? []).map((word) => [normalise(word), word])));
}
