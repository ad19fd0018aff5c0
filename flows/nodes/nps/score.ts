import { normalise } from '#shared/sms/text.ts';

/** The number words of a language by their normalised form, for 0 to 10. English counts everywhere: people mix. */
const NUMBER_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  fr: ['zero', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'],
  de: ['null', 'eins', 'zwei', 'drei', 'vier', 'funf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'],
  es: ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
};
const SPELLINGS: Readonly<Record<string, number>> = {
  une: 1,
  ein: 1,
  eine: 1,
  una: 1,
  zwo: 2,
  fuenf: 5,
  '🔟': 10,
};

/** What people write between the score and the ten, and what may follow a score so that it still is one. */
const OF_TEN = '(?:\\s*/\\s*|\\s+(?:out of|of|on|sur|von|de)\\s+)(?:10|ten|dix|zehn|diez)';
const REASONS =
  'because|cause|cos|coz|as|since|but|and|thanks|thank|points?|stars?|car|parce|mais|et|merci|weil|aber|und|danke|punkte?|porque|pero|y|gracias|puntos?';
const SCORE = new RegExp(
  `^(\\d{1,2}|[\\p{L}🔟]+)(?:${OF_TEN})?(?=$|[,.;:!?]+(?:\\s|$)|\\s+[-=]|\\s*\\(|\\s+(?:${REASONS})(?:\\s|$))`,
  'u',
);

/**
 * The score from 0 to 10 that a reply gives: "9", "8.", "10/10", "nine out of ten", "9, great staff", "7 because …". Null where
 * no single score is meant: "11", "8.5", "7-8", "10 minutes late".
 */
export function scoreOf(text: string, language: string): number | null {
  const [first = '', ...more] = text.trim().split('\n');
  if (more.length > 0 && /^\s*\d{1,2}\s*$/.test(first)) return numberOf(first.trim(), language);
  const normalised = normalise(text);
  const found = SCORE.exec(normalised)?.[1];
  if (found === undefined) return null;
  const rest = normalised.slice(found.length).replace(/^[\s,.;:!?-]+/, '');
  return /^\d+$/.test(rest) ? null : numberOf(found, language);
}

function numberOf(word: string, language: string): number | null {
  if (/^\d+$/.test(word)) return Number(word) <= 10 ? Number(word) : null;
  const own = NUMBER_WORDS[language.split('-')[0] ?? language] ?? [];
  const score = [own.indexOf(word), NUMBER_WORDS.en?.indexOf(word) ?? -1, SPELLINGS[word] ?? -1].find(
    (at) => at >= 0,
  );
  return score ?? null;
}
