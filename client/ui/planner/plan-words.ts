import { differenceToTell, type PlannedTest, peopleAtOneLook, peopleToTell } from '#shared/stats/plan.ts';
import { counted, percent, points, wholeNumber } from '../../lib/format/number.ts';

/** What a test is planned from. */
export interface Plan {
  test: PlannedTest;
  /** The smallest difference worth knowing, as a part of 1. */
  difference: number;
  /** People a day; null where nobody knows. */
  pace: number | null;
  /** People who have met the test so far; null before it begins. */
  met: number | null;
}

/** What a plan comes to. */
export interface PlanWords {
  /** How many people it takes. */
  people: string;
  /** How long that takes, or what it means that so many came already; null where nobody knows. */
  time: string | null;
  /** What the people so far are enough for; null before there are any. */
  soFar: string | null;
  /** For which way of reading results this is, and what that costs; null where there is no number. */
  method: string | null;
}

/** A plan in sentences for people who decide by them. */
export function planWords({ test, difference, pace, met }: Plan): PlanWords {
  const people = peopleToTell(test, difference);
  const soFar = met === null || met === 0 ? null : soFarWords(test, met);
  const [first = 0, ...others] = test.shares;
  if (people === null)
    return {
      people:
        first > 0 && others.some((share) => share > 0)
          ? 'No rate differs by so much from this one. Choose a smaller difference.'
          : 'The first version or all others get nobody new, so there is nothing to compare.',
      time: null,
      soFar,
      method: null,
    };
  const half = peopleToTell(test, difference, 0.5) ?? people;
  const once = peopleAtOneLook(test, difference);
  const { baseline } = test;
  const changed = baseline > 0.5 ? baseline - difference : baseline + difference;
  return {
    people: `To tell ${percent(changed)} from ${percent(baseline)}, about ${wholeNumber(about(people))} people have to meet the test, all versions together.`,
    time: timeWords(people, met ?? 0, pace),
    soFar,
    method: `By then it has told a difference of that size 4 times in 5; half of the time it does after about ${wholeNumber(about(half))}, and a larger one is told sooner. These numbers are for results as they are read here, which hold however often you look.${
      once === null
        ? ''
        : ` A test that may be looked at once only, at its end, would do with about ${wholeNumber(about(once))}.`
    }`,
  };
}

/** A measured rate, where a test can be planned from it: not while nobody has reached the goal, or everybody. */
export const plannable = (rate: number | null | undefined): number | null =>
  rate != null && rate > 0 && rate < 1 ? rate : null;

/** A difference to begin with: about a fifth of the rate, as a number people would choose. */
export function usualDifference(baseline: number): number {
  const fifth = Math.min(baseline, 1 - baseline) / 5;
  const digit = 10 ** Math.floor(Math.log10(fifth));
  const [nearest = 1] = [1, 2, 5, 10].sort(
    (a, b) => Math.abs(a * digit - fifth) - Math.abs(b * digit - fifth),
  );
  return Number((nearest * digit).toPrecision(1));
}

/** How long something takes, as roughly as it is known: "about 9 days", "about 5 weeks". */
export function daysWords(days: number): string {
  if (days < 1) return 'less than a day';
  if (days < 14) return `about ${counted(Math.ceil(days), 'day')}`;
  if (days < 70) return `about ${Math.round(days / 7)} weeks`;
  if (days < 730) return `about ${Math.round(days / 30.4)} months`;
  return 'more than 2 years';
}

function timeWords(people: number, met: number, pace: number | null): string | null {
  const missing = people - met;
  if (missing <= 0)
    return `${wholeNumber(met)} have met it, which is enough: were there such a difference, the test would most likely have told it by now.`;
  if (pace === null) return null;
  // Two digits of both may be the same, and then the second would belie the first.
  const others = about(missing) === about(people) ? 'others' : `other ${wholeNumber(about(missing))}`;
  const more = met === 0 ? 'That takes' : `${wholeNumber(met)} have met it; the ${others} take`;
  return pace <= 0
    ? `${met === 0 ? '' : `${wholeNumber(met)} have met it. `}Nobody comes at present, so it would not get there.`
    : `${more} ${daysWords(missing / pace)} at ${paceWords(pace)}.`;
}

function soFarWords(test: PlannedTest, met: number): string {
  const difference = differenceToTell(test, met);
  const people = counted(met, 'person', 'people');
  return difference === null
    ? `With ${people} so far no difference could be told.`
    : `With ${people} so far it could tell a difference of ${points(difference)} or more.`;
}

const paceWords = (pace: number): string =>
  pace < 1 ? 'less than one person a day' : `${counted(Math.round(pace), 'person', 'people')} a day`;

/** Two digits: no plan is sharper than that. */
function about(people: number): number {
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(people)) - 1);
  return Math.round(people / digits) * digits;
}
