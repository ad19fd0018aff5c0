import type { Country } from '../calling-codes.ts';
import { ALL_US_ZONES, usStateNamed, usStateOf, usZonesOf } from './us-area-codes.ts';
import { usStateOfZip } from './us-zip-codes.ts';

/** Minutes of a day between which a text that nobody asked for may arrive, by the clock of the person. 0 is Sunday. */
export interface AllowedSpan {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** The second Monday of August, or the day `after` it: months from 1, weekdays from 0 for Sunday; `nth` -1 is the last of the month. */
export interface WeekdayHoliday {
  readonly month: number;
  readonly weekday: number;
  readonly nth: number;
  readonly after?: number;
}

/** When one country or state lets texts that nobody asked for arrive. Data, so that a change of law is a change of data. */
export interface QuietRule {
  readonly country: Country;
  /** ISO 3166-2 without the country; null: the whole country. */
  readonly state: string | null;
  readonly name: string;
  readonly spans: readonly AllowedSpan[];
  /** Days of every year ("12-25") and, counted from Easter Sunday, movable ones on which nothing may arrive. */
  readonly holidays: readonly string[];
  readonly easter: readonly number[];
  /** Those that keep to a day of the week. */
  readonly weekdays?: readonly WeekdayHoliday[];
  /** Where one of every year falls on a weekend, the Monday after is one too. */
  readonly movesToMonday?: true;
  /** Also where the person has just texted: operators block by the hour, whatever it answers. */
  readonly evenWhenAsked: boolean;
  /** No more marketing than this to one person within 24 hours. */
  readonly mostADay?: number;
  readonly by: string;
  readonly source: string;
  /** The day on which the source was last read (ISO 8601). */
  readonly asOf: string;
  /** From memory, not read in the source: confirm before relying on it. */
  readonly recalled?: true;
}

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const WEEKDAYS = [1, 2, 3, 4, 5];
const MONDAY_TO_SATURDAY = [1, 2, 3, 4, 5, 6];
const hours = (days: readonly number[], from: number, to: number): AllowedSpan => ({
  days,
  from: from * 60,
  to: to * 60,
});
const NONE = { holidays: [], easter: [], evenWhenAsked: false } as const;
const AS_OF = '2026-11-22';

const state = (
  code: string,
  name: string,
  spans: readonly AllowedSpan[],
  by: string,
  source: string,
): QuietRule => ({ country: 'US', state: code, name, spans, ...NONE, by, source, asOf: AS_OF });

const FEDERAL: QuietRule = {
  country: 'US',
  state: null,
  name: 'the United States',
  spans: [hours(EVERY_DAY, 8, 21)],
  ...NONE,
  by: 'FCC, 47 CFR 64.1200(c)(1)',
  source: 'https://www.ecfr.gov/current/title-47/section-64.1200',
  asOf: '2026-11-21',
};

const FROM_8_TO_20 = [hours(EVERY_DAY, 8, 20)];
/** Names the hours for marketing texts state by state. */
const BY_STATE =
  'https://support.referrizer.com/en/category/text-campaigns/article/tcpa-quiet-hours-and-state-specific-rules-for-text-campaigns';

/**
 * The rules of countries, each followed by its stricter states: those whose hours are known to hold for texts. States that
 * narrow the hours of voice calls alone are not here, nor is Virginia, whose hours are the federal ones. Countries that are not
 * here have none.
 */
export const QUIET_RULES: readonly QuietRule[] = [
  FEDERAL,
  {
    ...state(
      'FL',
      'Florida',
      FROM_8_TO_20,
      'Fla. Stat. 501.616(6)(a) and, three in 24 hours, (b)',
      'http://www.lawserver.com/law/state/florida/statutes/florida_statutes_501-616',
    ),
    mostADay: 3,
  },
  state(
    'TX',
    'Texas',
    [hours(MONDAY_TO_SATURDAY, 9, 21), hours([0], 12, 21)],
    'Tex. Bus. & Com. Code 301.051, extended to texts by SB 140',
    BY_STATE,
  ),
  {
    ...state(
      'OK',
      'Oklahoma',
      FROM_8_TO_20,
      'Telephone Solicitation Act of 2022, 15 O.S. 775C',
      'https://kfor.com/news/oklahoma-legislature/oklahoma-state-senate-votes-to-prohibit-certain-solicitation-calls/',
    ),
    mostADay: 3,
  },
  state(
    'WA',
    'Washington',
    FROM_8_TO_20,
    'RCW 19.158.040(2)',
    'https://app.leg.wa.gov/RCW/default.aspx?cite=19.158.040',
  ),
  {
    ...state(
      'MD',
      'Maryland',
      FROM_8_TO_20,
      'Stop the Spam Calls Act of 2023',
      'https://www.wmar2news.com/local/law-to-prevent-spam-calls-takes-effect-first-of-the-year',
    ),
    mostADay: 3,
  },
  state('CT', 'Connecticut', [hours(EVERY_DAY, 9, 20)], 'Conn. Gen. Stat. 42-288a, SB 1058', BY_STATE),
  state('NJ', 'New Jersey', FROM_8_TO_20, 'N.J.S.A. 56:8-119 and following, SB 921', BY_STATE),
  state(
    'MS',
    'Mississippi',
    [hours(MONDAY_TO_SATURDAY, 8, 20)],
    'Mississippi Telephone Solicitation Act, no Sundays by Miss. Code 77-3-723(1)',
    'https://www.dnc.com/blog/no-more-holidays-mississippi-marketers-magnolia-state-lifts-prohibition-telemarketing-legal',
  ),
  {
    ...state(
      'RI',
      'Rhode Island',
      [hours(WEEKDAYS, 9, 18), hours([6], 10, 17)],
      'R.I. Gen. Laws 5-61-2(2) and 5-61-3.6; its holidays 25-1-1 and 5 U.S.C. 6103',
      'https://instalawyer.io/laws/rhode-island-general-laws/section-5-61-2-definitions',
    ),
    holidays: ['01-01', '05-04', '06-19', '07-04', '11-11', '12-25'],
    weekdays: [
      { month: 1, weekday: 1, nth: 3 },
      { month: 2, weekday: 1, nth: 3 },
      { month: 5, weekday: 1, nth: -1 },
      { month: 8, weekday: 1, nth: 2 },
      { month: 9, weekday: 1, nth: 1 },
      { month: 10, weekday: 1, nth: 2 },
      // Election day, which the years without one keep as well here.
      { month: 11, weekday: 1, nth: 1, after: 1 },
      { month: 11, weekday: 4, nth: 4 },
    ],
    movesToMonday: true,
    asOf: '2026-11-23',
  },
  {
    country: 'FR',
    state: null,
    name: 'France',
    spans: [hours(MONDAY_TO_SATURDAY, 8, 22)],
    holidays: ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'],
    easter: [1, 39, 50],
    evenWhenAsked: true,
    by: 'French operators (af2m charter): no marketing from 22 to 8, on Sundays and holidays',
    source: 'https://lafabriquesms.fr/obligations-legales-sms',
    asOf: '2026-11-21',
  },
  {
    country: 'CA',
    state: null,
    name: 'Canada',
    spans: [hours(WEEKDAYS, 9, 21.5), hours([0, 6], 10, 18)],
    ...NONE,
    by: 'CRTC Unsolicited Telecommunications Rules, part III, section 23',
    source: 'https://www.northerntel.ca/eng/inside_ntl/donotcalllist/donotcalllist.htm',
    asOf: AS_OF,
  },
];

/**
 * Places with a calling code of their own where a country's rules hold too, each by its own clock: 47 USC 153(58) counts the
 * territories to the United States, and the overseas departments are France.
 */
const PART_OF: Readonly<Record<Country, Country>> = {
  PR: 'US',
  VI: 'US',
  GU: 'US',
  AS: 'US',
  MP: 'US',
  GP: 'FR',
  MQ: 'FR',
  GF: 'FR',
  RE: 'FR',
  YT: 'FR',
};

/** What holds for a number: its rules, strictest together, and the zones it may live in where the country alone does not tell. */
export interface QuietHoursOf {
  rules: readonly QuietRule[];
  /** Null: those of the country. */
  zones: readonly string[] | null;
}

/** Where somebody lives, as their contact's fields `state` and `zip` say. */
export interface Home {
  readonly state?: string | null;
  readonly zip?: string | null;
}

/**
 * The quiet hours for an E.164 number. An American number is placed by its area code and by where its person is known to live: where
 * these differ, because people move and keep their numbers, the rules of both states hold. One of no state may be anywhere.
 */
export function quietHoursOf(e164: string, country: Country | null, home: Home = {}): QuietHoursOf {
  const whole = country === null ? undefined : PART_OF[country];
  if (whole !== undefined)
    return {
      rules: QUIET_RULES.filter((rule) => rule.country === whole && rule.state === null),
      zones: null,
    };
  const ofCountry = QUIET_RULES.filter((rule) => rule.country === country);
  if (country !== 'US') return { rules: ofCountry, zones: null };
  const states = [usStateOf(e164), usStateNamed(home.state ?? ''), usStateOfZip(home.zip ?? '')].filter(
    (state) => state !== null,
  );
  if (states.length === 0) return { rules: ofCountry, zones: ALL_US_ZONES };
  return {
    rules: ofCountry.filter(({ state }) => state === null || states.includes(state)),
    zones: [...new Set(states.flatMap(usZonesOf))],
  };
}

/** A rule's holidays in a year, as dates: "2026-04-06", and "12-25" for those of every year. */
export function holidaysOf(rule: QuietRule, year: number): readonly string[] {
  const { holidays, easter, weekdays = [], movesToMonday } = rule;
  const sunday = easter.length > 0 ? easterSunday(year) : null;
  return [
    ...holidays,
    ...(movesToMonday ? holidays.flatMap((date) => mondayAfter(year, date)) : []),
    ...(sunday ? easter.map((days) => dateAfter(year, sunday.month, sunday.day + days)) : []),
    ...weekdays.map((one) => dateAfter(year, one.month, dayOf(year, one) + (one.after ?? 0))),
  ];
}

const SATURDAY = 6;

/** The Monday after a date of every year where that is on a weekend. */
function mondayAfter(year: number, date: string): string[] {
  const [month = 1, day = 1] = date.split('-').map(Number);
  const weekday = weekdayOf(year, month, day);
  if (weekday !== 0 && weekday !== SATURDAY) return [];
  return [dateAfter(year, month, day + (weekday === 0 ? 1 : 2))];
}

/** On which day of its month a holiday is. */
function dayOf(year: number, { month, weekday, nth }: WeekdayHoliday): number {
  const first = 1 + ((weekday - weekdayOf(year, month, 1) + 7) % 7);
  const days = MONTH_DAYS[month - 1] ?? 31;
  return nth > 0 ? first + 7 * (nth - 1) : first + 7 * Math.floor((days - first) / 7);
}

const MONTH_SHIFTS = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];

/** The day of the week of a date, 0 for Sunday. After Sakamoto. */
function weekdayOf(year: number, month: number, day: number): number {
  const y = month < 3 ? year - 1 : year;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return (y + leaps + (MONTH_SHIFTS[month - 1] ?? 0) + day) % 7;
}

/** Easter Sunday of the Gregorian calendar. After Meeus, Jones and Butcher. */
export function easterSunday(year: number): { month: number; day: number } {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return { month: Math.floor(sum / 31), day: (sum % 31) + 1 };
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A date of the same year, `day` counted on from the month's first; no holiday is counted on past a February. */
function dateAfter(year: number, month: number, day: number): string {
  let [inMonth, left] = [month, day];
  for (let days = MONTH_DAYS[inMonth - 1] ?? 31; left > days; days = MONTH_DAYS[inMonth - 1] ?? 31) {
    left -= days;
    inMonth++;
  }
  return `${year}-${String(inMonth).padStart(2, '0')}-${String(left).padStart(2, '0')}`;
}
