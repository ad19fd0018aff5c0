import { assertNever } from '../assert-never.ts';

/** Longest text that is kept of one message, in UTF-16 units: a long message of about 60 parts, beyond which no phone goes. */
export const MAX_TEXT_LENGTH = 4000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point
const UNCLEAN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uD800-\uDFFF]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const CONTROLS = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/g;
const LINE_BREAKS = /\r\n?|[\v\f]/g;
// With the u flag a surrogate matches only where it is not half of a pair.
const LONE_SURROGATES = /[\uD800-\uDFFF]/gu;

/**
 * The text that is stored and decided on, the same in the browser and on the server: line breaks are \n, no other
 * control character but \t (PostgreSQL refuses NUL), lone surrogates are U+FFFD (jsonb refuses them), at most
 * MAX_TEXT_LENGTH units. Never throws, and cleaning twice changes nothing.
 */
export function clean(raw: string): string {
  if (raw.length <= MAX_TEXT_LENGTH && !UNCLEAN.test(raw)) return raw;
  return cut(raw.replace(LONE_SURROGATES, '\uFFFD').replace(LINE_BREAKS, '\n').replace(CONTROLS, ''));
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  const last = text.charCodeAt(MAX_TEXT_LENGTH - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? MAX_TEXT_LENGTH - 1 : MAX_TEXT_LENGTH);
}

const INVISIBLE = /(?![\u{E0020}-\u{E007F}])\p{Default_Ignorable_Code_Point}/gu;
// Decomposes to a space and an accent, but is typed for an apostrophe.
const SPACING_ACUTE = /[\u00B4\u1FFD]/g;
const SINGLE_QUOTES = /[\u2018-\u201B\u2032\u2035\u02B9\u02BB-\u02BD`]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const DOUBLE_QUOTES = /[\u201C-\u201F\u00AB\u00BB\u301D\u301E]/g;
// Vowel signs of Thai, Arabic and the Indic scripts are marks too: only marks on these bases are accents.
const ACCENTS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}0-9#*])\p{M}+/gu;
const SKIN_TONES = /(\p{Extended_Pictographic})[\u{1F3FB}-\u{1F3FF}]+/gu;
const UNDECOMPOSED = /[ßæœøđðħıłŧþς]/g;
const REPLACED: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŧ: 't',
  þ: 'th',
  ς: 'σ',
};
// The zero of each script whose digits phones type: Arabic, Persian, the Indic scripts, Thai, Lao, Tibetan, Burmese, Khmer.
const ZEROS = '٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐';
const DIGITS = new RegExp(`[${Array.from(ZEROS, (zero) => `${zero}-${digitAfter(zero, 9)}`).join('')}]`, 'g');
const SPACES = /\s+/gu;
const UNTIDY = /\s\s|[^\S ]/;
const LEADING = /^(?:\s|(?!-\d)\p{P})+/u;
const TRAILING = /[\s\p{P}]+$/u;

/**
 * The form in which keywords and answers are compared: `  “Join!” ` and `JOIN` are both `join`. Compatibility forms
 * (full-width, circled, keycap), case, accents, typographic quotes, skin tones and invisible characters are folded, white
 * space is collapsed and the punctuation around the text dropped; a text of nothing but punctuation or emoji is kept.
 * Normalising twice changes nothing.
 */
export function normalise(text: string): string {
  const kind = plainness(text);
  switch (kind) {
    case 'plain':
      return text;
    case 'upper':
      return text.toLowerCase();
    case 'ascii':
      return strip(text.toLowerCase().replaceAll('`', "'"));
    case 'other':
      return strip(fold(text));
    default:
      return assertNever(kind);
  }
}

/** Phrases of ours, written with commas between them, in the form in which texts are compared. */
export const phraseList = (written: string): string[] => written.split(/,\s+/).map(normalise);

function strip(folded: string): string {
  const spaced = (UNTIDY.test(folded) ? folded.replace(SPACES, ' ') : folded).trim();
  const stripped = bare(spaced) ?? spaced.replace(LEADING, '').replace(TRAILING, '');
  return stripped === '' ? spaced : stripped;
}

/** What ASCII characters are to a word, by their code: 0 where that is not for sure. */
const IN_WORD = 1;
/** From here on what may stand around a word: this parts words, */
const APART = 2;
/** this joins them, and this does between digits. */
const JOINT = 3;
const POINT = 4;
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[a-z0-9]/.test(char)) return IN_WORD;
  if (!/[\s\p{P}]/u.test(char)) return 0;
  return "'_@&*#-".includes(char) ? JOINT : '.,:/'.includes(char) ? POINT : APART;
});
const kindAt = (text: string, at: number): number => ASCII[text.charCodeAt(at)] ?? 0;
const MINUS = 0x2d;

/** A folded text without the punctuation around it, where it begins and ends in plain letters or digits; else null. */
function bare(spaced: string): string | null {
  let from = 0;
  let to = spaced.length;
  while (kindAt(spaced, from) >= APART && spaced.charCodeAt(from) !== MINUS) from++;
  while (to > from && kindAt(spaced, to - 1) >= APART) to--;
  const isPlain = kindAt(spaced, from) === IN_WORD && kindAt(spaced, to - 1) === IN_WORD;
  return isPlain ? spaced.slice(from, to) : null;
}

function fold(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(SPACING_ACUTE, "'")
    .normalize('NFKD')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(DASHES, '-')
    .replace(DIGITS, asciiDigit)
    .replace(ACCENTS, '$1')
    .toLowerCase()
    .replace(UNDECOMPOSED, (letter) => REPLACED[letter] ?? letter)
    .normalize('NFKC')
    .replace(SKIN_TONES, '$1');
}

function digitAfter(zero: string, value: number): string {
  return String.fromCharCode(zero.charCodeAt(0) + value);
}

function asciiDigit(digit: string): string {
  for (let value = 0; value <= 9; value++) {
    if (ZEROS.includes(digitAfter(digit, -value))) return String(value);
  }
  return digit;
}

// One pass over the characters tells for nearly every inbound text that there is little or nothing to fold. Plain is
// lower-case letters and digits with single spaces between, upper the same in mixed case.
function plainness(text: string): 'plain' | 'upper' | 'ascii' | 'other' {
  let upper = false;
  let plain = true;
  let afterWord = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) {
      afterWord = true;
    } else if (code >= 65 && code <= 90) {
      afterWord = true;
      upper = true;
    } else if (code === 32 && afterWord) {
      afterWord = false;
    } else if (code < 128) {
      plain = false;
    } else {
      return 'other';
    }
  }
  if (!plain || !afterWord) return 'ascii';
  return upper ? 'upper' : 'plain';
}

// A word is a flag, another symbol such as an emoji, or letters and digits; these may be joined by ' - _ @ & * # and,
// between digits, by . , : / ; a minus may precede a number.
const JOINED = /(?:['_@&*#-]+|(?<=\d)[.,:/](?=\d))/u.source;
const RUN = /[^\s\p{P}\p{So}]+/u.source;
const WORD = new RegExp(
  `\\p{RI}\\p{RI}|\\p{So}\\p{M}*|(?:(?<=^|\\s)-(?=\\d))?${RUN}(?:${JOINED}${RUN})*`,
  'gu',
);

/** The words of a normalised text, without the punctuation between them: `yes, 2 please` → yes · 2 · please. Punctuation alone is its own. */
export function words(normalised: string): string[] {
  if (normalised === '') return [];
  if (plainness(normalised) === 'plain') return normalised.split(' ');
  return plainWords(normalised) ?? normalised.match(WORD) ?? normalised.split(' ');
}

/** The words of a text of letters, digits and ordinary punctuation, or null where it takes WORD to tell. */
function plainWords(normalised: string): string[] | null {
  const found: string[] = [];
  let start = -1;
  for (let at = 0; at < normalised.length; at++) {
    const kind = kindAt(normalised, at);
    if (kind === 0) return null;
    if (kind === IN_WORD) {
      if (start < 0) start = at;
    } else if (kind === JOINT) {
      // Several in a row, or one that may be a sign.
      if (start < 0 || kindAt(normalised, at + 1) !== IN_WORD) return null;
    } else if (
      start >= 0 &&
      !(kind === POINT && isDigit(normalised, at - 1) && isDigit(normalised, at + 1))
    ) {
      found.push(normalised.slice(start, at));
      start = -1;
    }
  }
  if (start >= 0) found.push(normalised.slice(start));
  return found.length > 0 ? found : null;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** A normalised text without `count` of its words, from the word number `from` on, and without punctuation at the seam. */
export function withoutWords(normalised: string, from: number, count: number): string {
  if (plainness(normalised) === 'plain') return normalised.split(' ').toSpliced(from, count).join(' ');
  const spans = [...normalised.matchAll(WORD)];
  const first = spans[from];
  const last = spans[from + count - 1];
  if (first === undefined || last === undefined) return '';
  const before = normalised.slice(0, first.index).replace(TRAILING, '');
  const after = normalised.slice(last.index + last[0].length).replace(LEADING, '');
  return before && after ? `${before} ${after}` : before + after;
}
