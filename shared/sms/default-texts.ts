import type { Country } from './calling-codes.ts';
import { countryRules } from './countries/index.ts';
import { languageCode } from './language-words.ts';

/** What the standard answers of a program say about it. */
export interface ProgramWords {
  readonly brand: string;
  /** Where a person finds help: a phone number, an address, a page. */
  readonly contact: string;
  /** Country of the sender. */
  readonly country: Country;
  /** Where STOP is texted when the sender can't receive (France: 36xxx). */
  readonly stopAddress?: string;
}

/** The texts a program sends by itself. */
export interface DefaultTexts {
  readonly stopConfirmation: string;
  readonly startConfirmation: string;
  readonly help: string;
  /** Answers the keyword of a flow that is not running. */
  readonly closed: string;
  /** Answers a keyword of somebody whom the carrier itself has blocked since their STOP. */
  readonly blocked: string;
}

type Phrases = (words: ProgramWords, charges: string) => DefaultTexts;

const join = (...sentences: string[]): string => sentences.filter((sentence) => sentence !== '').join(' ');

// In GSM-7 only (no ê, no ç) and one segment with a brand of 30 characters and a contact of 40.
const english: Phrases = ({ brand, contact, stopAddress }, charges) => {
  const stop = stopAddress ? `Text STOP to ${stopAddress} to unsubscribe.` : 'Reply STOP to unsubscribe.';
  return {
    stopConfirmation: `${brand}: You are unsubscribed and will receive no more messages. START to subscribe again.`,
    startConfirmation: join(`${brand}: You are subscribed again. Reply HELP for help.`, stop, charges),
    help: join(`${brand}: For help: ${contact}.`, stop, charges),
    closed: `${brand}: This is not running at the moment. Reply HELP for help.`,
    blocked: `${brand}: Your carrier blocks our texts since your STOP. Text START first, then try again.`,
  };
};

const french: Phrases = ({ brand, contact, stopAddress }, charges) => {
  const stop = stopAddress ? `STOP au ${stopAddress} pour vous désabonner.` : 'STOP pour vous désabonner.';
  return {
    stopConfirmation: `${brand} : vous ne recevrez plus de messages de notre part. START pour vous réabonner.`,
    startConfirmation: join(`${brand} : votre abonnement reprend. AIDE pour de l'aide.`, stop, charges),
    help: join(`${brand} : pour de l'aide : ${contact}.`, stop, charges),
    closed: `${brand} : ce service n'est pas ouvert en ce moment. AIDE pour de l'aide.`,
    blocked: `${brand} : votre opérateur bloque nos messages depuis votre STOP. Envoyez d'abord START, puis recommencez.`,
  };
};

const german: Phrases = ({ brand, contact, stopAddress }, charges) => {
  const stop = stopAddress ? `Abmelden: STOP an ${stopAddress}.` : 'Abmelden: STOP.';
  return {
    stopConfirmation: `${brand}: Sie sind abgemeldet und erhalten keine Nachrichten mehr. Wieder anmelden: START.`,
    startConfirmation: join(`${brand}: Sie sind wieder angemeldet. Hilfe: HILFE.`, stop, charges),
    help: join(`${brand}: Hilfe: ${contact}.`, stop, charges),
    closed: `${brand}: Diese Aktion läuft zurzeit nicht. Hilfe: HILFE.`,
    blocked: `${brand}: Ihr Anbieter sperrt unsere SMS seit Ihrem STOP. Bitte erst START senden, dann noch einmal versuchen.`,
  };
};

const PHRASES: Readonly<Record<string, Phrases>> = { en: english, fr: french, de: german };

/**
 * The STOP and START confirmations and the HELP answer of a program, until its people write their own; in English where we
 * have no better.
 */
export function defaultTexts(language: string, program: ProgramWords): DefaultTexts {
  const code = languageCode(language);
  const notice = countryRules(program.country).chargesNotice;
  return (PHRASES[code] ?? english)(program, notice[code] ?? notice.en ?? '');
}
