import { assertNever } from '#shared/assert-never.ts';
import type { ReplyTest, TestName, TestOf } from './reply-test.ts';

/** What each test is called where an author chooses one. */
export const TEST_NAMES: Readonly<Record<TestName, string>> = {
  any: 'Has any of these words',
  all: 'Has all of these words',
  only: 'Has only these words',
  phrase: 'Has these words in a row',
  begins: 'Begins with',
  number: 'A number',
  date: 'A date',
  time: 'A time of day',
  moment: 'A date and time',
  yes: 'Yes',
  no: 'No',
  email: 'An e-mail address',
  phone: 'A phone number',
  pattern: 'Fits a pattern',
  media: 'A picture',
  anything: 'Anything',
};

/** A test in a few words, for the card: "a number from 1 to 10". */
export function describeTest(test: ReplyTest): string {
  switch (test.test) {
    case 'any':
    case 'phrase':
      return list(test.words, ' · ');
    case 'all':
      return list(test.words, ' + ');
    case 'only':
      return `only ${list(test.words, ', ')}`;
    case 'begins':
      return `${list(test.words, ' · ')} …`;
    case 'number':
      return numberWords(test);
    case 'date':
      return `a date${between(test.from, test.to)}`;
    case 'moment':
      return `a date and time${between(test.from, test.to)}`;
    case 'time':
      return `a time${between(test.from, test.to)}`;
    case 'yes':
    case 'no':
      return test.test;
    case 'email':
      return 'an e-mail address';
    case 'phone':
      return 'a phone number';
    case 'pattern':
      return `like ${test.example}`;
    case 'media':
      return 'a picture';
    case 'anything':
      return 'anything';
    default:
      return assertNever(test);
  }
}

const MOST = 4;
const list = (words: readonly string[], between: string): string => words.slice(0, MOST).join(between);

function numberWords({ equals, under, over, least, most }: TestOf<'number'>): string {
  const parts = [
    ...(equals === undefined ? [] : [String(equals)]),
    ...(least !== undefined && most !== undefined
      ? [`from ${least} to ${most}`]
      : [
          ...(least === undefined ? [] : [`from ${least}`]),
          ...(most === undefined ? [] : [`up to ${most}`]),
        ]),
    ...(over === undefined ? [] : [`over ${over}`]),
    ...(under === undefined ? [] : [`under ${under}`]),
  ];
  return ['a number', ...parts].join(' ');
}

function between(from: string | undefined, to: string | undefined): string {
  if (from !== undefined && to !== undefined) return ` from ${boundWords(from)} to ${boundWords(to)}`;
  if (from !== undefined) return ` from ${boundWords(from)}`;
  return to === undefined ? '' : ` until ${boundWords(to)}`;
}

const UNITS = { d: 'day', w: 'week', m: 'month', y: 'year' } as const;

/** "+7d" → "7 days from today", "-18y" → "18 years ago"; a date or a time as it is. */
function boundWords(bound: string): string {
  const [, sign, amount, unit] = /^([+-])(\d+)([dwmy])$/.exec(bound) ?? [];
  if (unit !== 'd' && unit !== 'w' && unit !== 'm' && unit !== 'y') return bound;
  const distance = `${amount} ${UNITS[unit]}${amount === '1' ? '' : 's'}`;
  return sign === '+' ? `${distance} from today` : `${distance} ago`;
}
