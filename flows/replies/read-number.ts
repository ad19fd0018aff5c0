import { words as wordsOf } from '#shared/sms/text.ts';
import { isArticle, numberWords } from './number-words.ts';
import type { TestOf } from './reply-test.ts';

/** A number that a reply gives. `leads`: it stands first, so that the reply is about it. */
export interface NumberRead {
  value: number;
  leads: boolean;
}

/** Languages whose decimal sign is a comma, and whose full stop groups thousands. */
const COMMA = new Set(['fr', 'de', 'es', 'it', 'nl', 'pt', 'sv', 'no', 'da', 'fi', 'pl', 'tr', 'id']);

/** What may stand before a number without being about something else. */
const LEADING = new Set(
  "about around approx approximately roughly maybe perhaps ca circa i am i'm im it's its is my the we are there only just etwa ungefahr rund ca. ich bin wir sind environ a peu pres j'ai nous sommes unos unas tengo somos soy mas o menos number nr £ $ €".split(
    ' ',
  ),
);

/** What may follow a number in the same word: currencies, shares, measures, ordinals. Hours and halves of days are times. */
const UNIT = /^(?:[£$€¥%]|st|nd|rd|th|e|er|eme|ere|x|kg|g|km|m|cm|mm|l|ml|eur|euros?|usd|gbp|p)?$/;
const WRITTEN = /^([£$€¥]?)(-?)([£$€¥]?)(\d+(?:[.,']\d+)*)(.*)$/;
const GROUP = /^\d{3}(?:[.,]\d{1,2})?(?:[€%])?$/;

/**
 * The number a normalised reply gives, in digits or words: "2", "about 2,5 kg", "twenty-five", "1 500". Null where there is none,
 * or two that differ: "7 or 8" is no number.
 */
export function readNumber(normalised: string, language: string): NumberRead | null {
  const parts = wordsOf(normalised);
  const found: { value: number; at: number }[] = [];
  for (let at = 0; at < parts.length; at++) {
    const { text, taken } = grouped(parts, at);
    const value = inDigits(text, language);
    if (value !== null) found.push({ value, at });
    at += taken - 1;
  }
  const [first] = found;
  if (first) {
    if (found.some(({ value }) => value !== first.value)) return null;
    return { value: first.value, leads: parts.slice(0, first.at).every((word) => LEADING.has(word)) };
  }
  return inWords(parts, normalised, language);
}

/** Thousands set apart by spaces are one number: "1 500". */
function grouped(parts: readonly string[], at: number): { text: string; taken: number } {
  let text = parts[at] ?? '';
  let taken = 1;
  if (!/^[£$€¥]?-?[1-9]\d{0,2}$/.test(text)) return { text, taken };
  for (let next = parts[at + taken]; next !== undefined && GROUP.test(next); next = parts[at + taken]) {
    text += next;
    taken++;
  }
  return { text, taken };
}

function inDigits(word: string, language: string): number | null {
  const [, before = '', minus = '', after = '', digits, unit = ''] = WRITTEN.exec(word) ?? [];
  if (digits === undefined || (before !== '' && after !== '') || !UNIT.test(unit)) return null;
  const plain = withPoint(digits, language);
  if (plain === null) return null;
  const value = Number(minus + plain);
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null;
}

/** Digits with a decimal point, or null where signs stand as in no number ("1.2.3" is a date). */
function withPoint(written: string, language: string): string | null {
  const digits = written.replaceAll("'", '');
  const signs = digits.replace(/\d/g, '');
  if (signs === '') return digits;
  const last = signs.at(-1) ?? '';
  const mixed = new Set(signs).size > 1;
  const groups = digits.split(/[.,]/);
  const areGroups = (parts: readonly string[]) =>
    (parts[0] ?? '').length <= 3 && parts[0] !== '0' && parts.slice(1).every((part) => part.length === 3);
  if (mixed) {
    const [whole = '', decimals = ''] = cutAtLast(digits, last);
    const inner = whole.split(/[.,]/);
    return signs.slice(0, -1).includes(last) || !areGroups(inner) ? null : `${inner.join('')}.${decimals}`;
  }
  if (signs.length > 1) return areGroups(groups) ? groups.join('') : null;
  const decimalSign = COMMA.has(language.split('-')[0] ?? language) ? ',' : '.';
  return last !== decimalSign && areGroups(groups) ? groups.join('') : groups.join('.');
}

function cutAtLast(text: string, sign: string): [string, string] {
  const at = text.lastIndexOf(sign);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Number words count where the reply begins with them; more of them make a longer word ("sixty three"). */
function inWords(parts: readonly string[], normalised: string, language: string): NumberRead | null {
  const table = numberWords(language);
  const whole = table.get(normalised);
  if (whole !== undefined) return { value: whole, leads: true };
  const from = parts.findIndex((word) => !LEADING.has(word));
  if (from < 0) return null;
  for (let length = Math.min(5, parts.length - from); length > 0; length--) {
    const words = parts.slice(from, from + length).join(' ');
    const value = table.get(words);
    if (value === undefined || isArticle(words)) continue;
    const rest = parts.slice(from + length);
    return rest.some((word) => table.has(word) && !isArticle(word)) ? null : { value, leads: true };
  }
  return null;
}

/** Whether a number passes a test's comparisons. */
export function numberFits(value: number, test: TestOf<'number'>): boolean {
  const { equals, under, over, least, most } = test;
  return (
    (equals === undefined || value === equals) &&
    (under === undefined || value < under) &&
    (over === undefined || value > over) &&
    (least === undefined || value >= least) &&
    (most === undefined || value <= most)
  );
}
