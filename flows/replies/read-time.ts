import { alternatives, dateLexicon } from './date-words.ts';

/** A time of day that a reply names, in minutes from midnight, and where in the text it stands. */
export interface TimeRead {
  minutes: number;
  from: number;
  to: number;
}

interface Form {
  pattern: RegExp;
  read: (groups: Readonly<Record<string, string | undefined>>) => number | null;
}

const START = '(?<![\\p{L}\\p{N}.,:/-])';
const END = '(?![\\p{L}\\p{N}]|[.:/]\\d)';
const HALF = '(?<half>a\\.?m\\.?|p\\.?m\\.?)';
const cache = new Map<string, readonly Form[]>();

/** The time a normalised reply names: "17:30", "5pm", "17h30", "at 5", "noon", "half past 5". A bare number is no time. */
export function readTime(normalised: string, language: string): TimeRead | null {
  for (const { pattern, read } of formsOf(language)) {
    const match = pattern.exec(normalised);
    const minutes = match && read(match.groups ?? {});
    if (match && minutes !== null) return { minutes, from: match.index, to: match.index + match[0].length };
  }
  return null;
}

/** Minutes as 17:30. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function formsOf(language: string): readonly Form[] {
  const code = language.split('-')[0] ?? language;
  let forms = cache.get(code);
  if (!forms) {
    forms = makeForms(code);
    if (cache.size < 200) cache.set(code, forms);
  }
  return forms;
}

function makeForms(language: string): Form[] {
  const { times, at } = dateLexicon(language);
  const form = (pattern: string, read: Form['read']): Form => ({
    pattern: new RegExp(`${START}(?:${pattern})${END}`, 'u'),
    read,
  });
  return [
    form(`(?<called>${alternatives(times.keys())})`, ({ called = '' }) => times.get(called) ?? null),
    form(`(?<hour>\\d{1,2})\\s*[:.h]\\s*(?<minute>[0-5]\\d)(?:\\s*${HALF}|\\s*(?:uhr|h))?`, onClock),
    form(`(?<hour>\\d{1,2})\\s*${HALF}`, onClock),
    form("(?<hour>\\d{1,2})\\s*(?:uhr|h|heures?|o'?clock|horas)", onClock),
    form('half past (?<hour>\\d{1,2})', past(30)),
    form('quarter past (?<hour>\\d{1,2})|viertel nach (?<later>\\d{1,2})', past(15)),
    form('quarter to (?<hour>\\d{1,2})|viertel vor (?<later>\\d{1,2})', past(-15)),
    form('halb (?<hour>\\d{1,2})', past(-30)),
    form(`(?:${alternatives(at)})\\s+(?<hour>\\d{1,2})`, past(0)),
  ];
}

const onClock: Form['read'] = ({ hour, minute = '0', half }) => {
  const hours = Number(hour);
  if (half === undefined) return hours < 24 ? hours * 60 + Number(minute) : null;
  if (hours < 1 || hours > 12) return null;
  return ((hours % 12) + (half.startsWith('p') ? 12 : 0)) * 60 + Number(minute);
};

/** Whoever leaves out the half of the day means the waking one: 1 to 7 are in the afternoon. */
const past =
  (minutes: number): Form['read'] =>
  ({ hour, later }) => {
    const hours = Number(hour ?? later);
    if (hours > 24) return null;
    return ((hours >= 1 && hours <= 7 ? hours + 12 : hours % 24) * 60 + minutes + 1_440) % 1_440;
  };
