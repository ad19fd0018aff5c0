import { dateOf, dayOf, weekdayOf } from '../engine/calendar.ts';
import { alternatives, type DateLexicon, dateLexicon } from './date-words.ts';
import { numberWords } from './number-words.ts';

/** What a date is read against: the person's today (days since 1970), how their country writes dates, and what is looked for. */
export interface DateSetting {
  today: number;
  language: string;
  /** Month before day, as in the US. */
  monthFirst: boolean;
  /** Where a date without a year is looked for. */
  towards: 'future' | 'past';
}

/** A day that a reply names (days since 1970), and where in the text it stands. */
export interface DateRead {
  day: number;
  from: number;
  to: number;
}

/** The date a normalised reply names: "2026-12-24", "24.12.", "Dec 24th", "tomorrow", "next Friday", "in 3 weeks". */
export function readDate(normalised: string, setting: DateSetting): DateRead | null {
  for (const form of formsOf(setting.language)) {
    const match = form.pattern.exec(normalised);
    const day = match && form.read(match, setting);
    if (match && day !== null) return { day, from: match.index, to: match.index + match[0].length };
  }
  return null;
}

/** A way in which dates are written. */
interface Form {
  pattern: RegExp;
  read: (match: RegExpExecArray, setting: DateSetting) => number | null;
}

const START = '(?<![\\p{L}\\p{N}.,/-])';
const END = '(?![\\p{L}\\p{N}])';
const cache = new Map<string, readonly Form[]>();

function formsOf(language: string): readonly Form[] {
  const code = language.split('-')[0] ?? language;
  let forms = cache.get(code);
  if (!forms) {
    forms = makeForms(dateLexicon(code), code);
    if (cache.size < 200) cache.set(code, forms);
  }
  return forms;
}

function makeForms(words: DateLexicon, language: string): Form[] {
  const form = (pattern: string, read: Form['read']): Form => ({
    pattern: new RegExp(`${START}(?:${pattern})${END}`, 'u'),
    read,
  });
  const month = alternatives(words.months.keys());
  const day = '(?<day>\\d{1,2})(?:st|nd|rd|th|er|e|\\.)?';
  const year = '(?:,?\\s*(?:de\\s+|del\\s+)?(?<year>\\d{4}))?';
  const count = `(?<count>\\d{1,3}|${alternatives(['a', 'an', ...numberWords(language).keys()])})`;
  return [
    form('(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})', written),
    form(
      '(?<first>\\d{1,2})(?<sign>[./-])(?<second>\\d{1,2})(?:\\k<sign>(?<year>\\d{4}|\\d{2})?)?',
      inDigits,
    ),
    form(`${day}\\s*(?:of\\s+|de\\s+)?(?<name>${month})\\.?${year}`, named(words)),
    form(`(?<name>${month})\\.?\\s+(?:the\\s+)?${day}${year}`, named(words)),
    ...words.ahead.map((ahead) =>
      form(
        ahead.replace('#', `${count}\\s+(?<unit>${alternatives(words.units.keys())})`),
        distance(words, numberWords(language)),
      ),
    ),
    form(`(?<called>${alternatives(words.days.keys())})`, ({ groups }, { today }) => {
      const days = words.days.get(groups?.called ?? '');
      return days === undefined ? null : today + days;
    }),
    form(`(?<called>${alternatives(words.weekdays.keys())})`, weekday(words)),
  ];
}

const written: Form['read'] = ({ groups }) =>
  dayOf(Number(groups?.year), Number(groups?.month), Number(groups?.day));

/** "24.12." and "12/24": which is the month is told by the sign, the country, or by being too high for one. */
const inDigits: Form['read'] = ({ groups }, setting) => {
  const { first = '', second = '', sign, year } = groups ?? {};
  // "5-6" and "7/8" without a year are more likely a range or a share than a date.
  if (year === undefined && sign === '-') return null;
  const monthFirst = setting.monthFirst && sign !== '.';
  const [day, month] = monthFirst ? [second, first] : [first, second];
  const found = inYear(Number(month), Number(day), year, setting);
  return found ?? (sign === '.' ? null : inYear(Number(day), Number(month), year, setting));
};

const named =
  (words: DateLexicon): Form['read'] =>
  ({ groups }, setting) =>
    inYear(words.months.get(groups?.name ?? '') ?? 0, Number(groups?.day), groups?.year, setting);

/** A date without a year is the next there is, or the last where the past is asked for. */
function inYear(month: number, day: number, year: string | undefined, setting: DateSetting): number | null {
  const { today, towards } = setting;
  const thisYear = Number(dateOf(today).slice(0, 4));
  if (year?.length === 4) return dayOf(Number(year), month, day);
  if (year !== undefined) {
    const century = Math.floor(thisYear / 100) * 100;
    const found = dayOf(century + Number(year), month, day);
    return found !== null && towards === 'past' && found > today
      ? dayOf(century - 100 + Number(year), month, day)
      : found;
  }
  // 29 February may be eight years off.
  for (let offset = 0; offset <= 8; offset++) {
    const found = dayOf(thisYear + (towards === 'past' ? -offset : offset), month, day);
    if (found !== null && (towards === 'past' ? found <= today : found >= today)) return found;
  }
  return null;
}

const distance =
  (words: DateLexicon, numbers: ReadonlyMap<string, number>): Form['read'] =>
  ({ groups }, { today }) => {
    const { count = '', unit = '' } = groups ?? {};
    const amount = /^\d+$/.test(count)
      ? Number(count)
      : count === 'a' || count === 'an'
        ? 1
        : numbers.get(count);
    const step = words.units.get(unit);
    return amount === undefined || step === undefined ? null : moved(today, amount, step);
  };

/** The next day of that name after today, or the last before it. */
const weekday =
  (words: DateLexicon): Form['read'] =>
  ({ groups }, { today, towards }) => {
    const wanted = words.weekdays.get(groups?.called ?? '');
    if (wanted === undefined) return null;
    const week = (days: number) => (days + 7) % 7 || 7;
    return towards === 'future'
      ? today + week(wanted - weekdayOf(today))
      : today - week(weekdayOf(today) - wanted);
  };

/** A day so many days, weeks, months or years on. The 31st of a month that has none is its last. */
export function moved(day: number, amount: number, unit: 'd' | 'w' | 'm' | 'y'): number {
  if (unit === 'd') return day + amount;
  if (unit === 'w') return day + amount * 7;
  const [year = 1970, month = 1, date = 1] = dateOf(day).split('-').map(Number);
  const months = year * 12 + (month - 1) + amount * (unit === 'y' ? 12 : 1);
  for (let last = date; last > 27; last--) {
    const found = dayOf(Math.floor(months / 12), (months % 12) + 1, last);
    if (found !== null) return found;
  }
  return dayOf(Math.floor(months / 12), (months % 12) + 1, date) ?? day;
}
