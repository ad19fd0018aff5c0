import { normalise } from '#shared/sms/text.ts';

/** How a language counts, from 0; compounds are made below. */
interface Counting {
  /** 0 to 19, or to 29 where these have words of their own. */
  small: string;
  /** Twenty, thirty … by their value. */
  tens: Readonly<Record<number, string>>;
  /** Puts a ten and a one together, in every way people write it. */
  join: (ten: string, one: string, value: number) => string[];
  /** Words for round numbers above the tens, and spellings besides. */
  more: Readonly<Record<string, number>>;
}

const SPACED = (ten: string, one: string): string[] => [`${ten} ${one}`, `${ten}-${one}`, `${ten}${one}`];

const COUNTING: Readonly<Record<string, Counting>> = {
  en: {
    small:
      'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    tens: {
      20: 'twenty',
      30: 'thirty',
      40: 'forty',
      50: 'fifty',
      60: 'sixty',
      70: 'seventy',
      80: 'eighty',
      90: 'ninety',
    },
    join: SPACED,
    more: {
      hundred: 100,
      'a hundred': 100,
      'one hundred': 100,
      thousand: 1_000,
      'a thousand': 1_000,
      dozen: 12,
      'a dozen': 12,
      fourty: 40,
      '🔟': 10,
    },
  },
  fr: {
    small:
      'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
    tens: { 20: 'vingt', 30: 'trente', 40: 'quarante', 50: 'cinquante', 60: 'soixante', 80: 'quatre-vingt' },
    join: (ten, one, value) =>
      value % 10 === 1 && value < 80
        ? [`${ten} et ${one}`, `${ten}-et-${one}`]
        : [`${ten}-${one}`, `${ten} ${one}`],
    more: { une: 1, cent: 100, mille: 1_000, 'quatre-vingts': 80, septante: 70, huitante: 80, nonante: 90 },
  },
  de: {
    small:
      'null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn',
    tens: {
      20: 'zwanzig',
      30: 'dreissig',
      40: 'vierzig',
      50: 'funfzig',
      60: 'sechzig',
      70: 'siebzig',
      80: 'achtzig',
      90: 'neunzig',
    },
    join: (ten, one) => [`${one === 'eins' ? 'ein' : one}und${ten}`],
    more: {
      ein: 1,
      eine: 1,
      einen: 1,
      zwo: 2,
      fuenf: 5,
      zwoelf: 12,
      hundert: 100,
      einhundert: 100,
      tausend: 1_000,
      eintausend: 1_000,
    },
  },
  es: {
    small:
      'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve',
    tens: {
      30: 'treinta',
      40: 'cuarenta',
      50: 'cincuenta',
      60: 'sesenta',
      70: 'setenta',
      80: 'ochenta',
      90: 'noventa',
    },
    join: (ten, one) => [`${ten} y ${one}`],
    more: { un: 1, una: 1, cien: 100, mil: 1_000 },
  },
};

/** Words that are articles as well: they count only where they are the whole reply. */
const ARTICLES = new Set(['un', 'une', 'ein', 'eine', 'einen', 'una']);
export const isArticle = (word: string): boolean => ARTICLES.has(word);

const tables = new Map<string, ReadonlyMap<string, number>>();

/** The number words of a language by their normalised form, English ones among them: people mix. */
export function numberWords(language: string): ReadonlyMap<string, number> {
  const code = language.split('-')[0] ?? language;
  let table = tables.get(code);
  if (!table) {
    table = new Map([...tableOf('en'), ...(code === 'en' ? [] : tableOf(code))]);
    if (tables.size < 200) tables.set(code, table);
  }
  return table;
}

function tableOf(code: string): Map<string, number> {
  const counting = COUNTING[code];
  const table = new Map<string, number>();
  if (!counting) return table;
  const small = counting.small.split(' ');
  for (const [value, word] of small.entries()) table.set(normalise(word), value);
  for (const [key, ten] of Object.entries(counting.tens)) {
    const value = Number(key);
    table.set(normalise(ten), value);
    // French counts on to nineteen after sixty and eighty.
    const most = code === 'fr' && (value === 60 || value === 80) ? 19 : 9;
    for (let one = 1; one <= most; one++) {
      for (const word of counting.join(ten, small[one] ?? '', value + one))
        table.set(normalise(word), value + one);
    }
  }
  for (const [word, value] of Object.entries(counting.more)) table.set(normalise(word), value);
  return table;
}
