import { normalise } from './text.ts';

/** How people of a language wrap a wish to hear no more, and how they say it without a reserved word. Normalised. */
export interface RevocationWords {
  /** Words that change nothing at either end: "please STOP, thank you". */
  readonly courtesy: readonly string[];
  /** A text that begins so says it clearly, whatever follows. */
  readonly requests: readonly string[];
  /** A text that begins so may mean it. */
  readonly hints: readonly string[];
}

const list = (written: string): string[] => written.split(', ').map(normalise);

// Our own reading of replies to campaigns, to be extended by what people decide in the inbox.
export const REVOCATION_WORDS: Readonly<Record<string, RevocationWords>> = {
  en: {
    courtesy: list(
      'please, pls, plz, thanks, thx, ty, thank, you, hi, hello, hey, ok, okay, now, immediately, kindly, sorry',
    ),
    requests: [
      ...list(
        'stop texting, stop messaging, stop sending, stop contacting, stop spamming, stop bothering, stop calling',
      ),
      ...list(
        'stop the texts, stop the messages, stop these texts, stop these messages, stop your texts, stop your messages',
      ),
      ...list('quit texting, quit messaging, quit sending, do not text, do not message, do not contact'),
      ...list(
        "don't text, don't message, don't contact, dont text, dont message, dont contact, never text me",
      ),
      ...list(
        'no more texts, no more messages, remove me, remove my number, delete my number, take me off, opt me out',
      ),
      ...list(
        'opt out of, unsubscribe me, unsubscribe from, i want to unsubscribe, i want to opt out, leave me alone',
      ),
    ],
    hints: list(
      'stop it, stop this, stop these, stop your, stop all, opt out, unsubscribe, i want to stop, not interested',
    ),
  },
  fr: {
    courtesy: list("s'il, vous, te, plait, svp, stp, merci, bonjour, ok, maintenant"),
    requests: [
      ...list(
        'arrêtez de m’envoyer, arrêtez de m’écrire, arrêtez de me, arrêtez les sms, arrêtez vos sms, arrête de m’envoyer, ne m’envoyez plus, ne me contactez plus',
      ),
      ...list(
        'désabonnez-moi, désabonnez moi, désinscrivez-moi, désinscrivez moi, retirez-moi, retirez moi, stop aux sms, stop sms',
      ),
    ],
    hints: list('arrêtez, arrêter, désabonnement, désinscription, supprimez, plus de sms, ne plus'),
  },
  de: {
    courtesy: list('bitte, danke, hallo, ok, jetzt, sofort'),
    requests: [
      ...list(
        'melden sie mich ab, abmeldung, keine sms mehr, keine nachrichten mehr, schicken sie mir keine',
      ),
      ...list(
        'senden sie mir keine, hören sie auf mir, hör auf mir, löschen sie meine nummer, nehmen sie mich',
      ),
    ],
    hints: list('abbestellen, austragen, keine werbung, hören sie auf, hör auf, löschen, nicht mehr'),
  },
  es: {
    courtesy: list('por, favor, gracias, hola, ok, ya'),
    requests: [
      ...list('no me envíen más, no me envíes más, no me escriban más, no me manden más, no más mensajes'),
      ...list(
        'dejen de enviar, dejen de mandar, dejen de escribir, bórrenme, denme de baja, quiero darme de baja',
      ),
    ],
    hints: list('dejen de, deja de, no me envíen, no me manden, dar de baja, no quiero'),
  },
};

/** Signs that say STOP without a word. */
export const STOP_SIGNS: ReadonlySet<string> = new Set(['🛑', '⛔', '🚫']);

/** Slips of the thumb on STOP that are no words themselves; SHOP, STEP and STOOP are, and are never taken for it. */
export const STOP_SLIPS: ReadonlySet<string> = new Set([
  'sotp',
  'stpo',
  'tsop',
  'stopp',
  'sstop',
  'sttop',
  'stpp',
  'syop',
]);
