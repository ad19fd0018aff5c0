import { describe, expect, test } from '@jest/globals';
import {
  daysWords,
  type Plan,
  plannable,
  planWords,
  usualDifference,
} from '#client/ui/planner/plan-words.ts';

const plan = (changes: Partial<Plan> = {}): Plan => ({
  test: { baseline: 0.1, shares: [1, 1] },
  difference: 0.02,
  pace: 500,
  met: null,
  ...changes,
});
/** The figures are the statistics' own affair. */
const told = (words: string | null) => words?.replace(/\d[\d,]*(?!\.)(?= people| have|\.$| take)/g, '#');

describe('a plan in words', () => {
  test('before the test', () => {
    const { people, time, soFar, method } = planWords(plan());
    expect(told(people)).toBe(
      'To tell 12.0\u00a0% from 10.0\u00a0%, about # people have to meet the test, all versions together.',
    );
    expect(time).toMatch(/^That takes about \d+ (days|weeks) at 500 people a day\.$/);
    expect(soFar).toBeNull();
    expect(method).toMatch(/hold however often you look\. A test that may be looked at once only/);
  });

  test('while the test runs', () => {
    const { time, soFar } = planWords(plan({ met: 1_200 }));
    expect(time).toMatch(
      /^1,200 have met it; the other [\d,]+ take about \d+ (days|weeks) at 500 people a day\.$/,
    );
    expect(soFar).toMatch(
      /^With 1,200 people so far it could tell a difference of \d+\.\d points or more\.$/,
    );
  });

  test('when few have come, names no two numbers that cannot both be right', () => {
    expect(planWords(plan({ met: 3 })).time).toMatch(/^3 have met it; the others take about/);
  });

  test('when enough people have come', () => {
    expect(planWords(plan({ met: 90_000 })).time).toMatch(/^90,000 have met it, which is enough: were there/);
  });

  test('when nobody comes, or nobody knows', () => {
    expect(planWords(plan({ pace: 0, met: 5 })).time).toBe(
      '5 have met it. Nobody comes at present, so it would not get there.',
    );
    expect(planWords(plan({ pace: 0 })).time).toBe('Nobody comes at present, so it would not get there.');
    expect(planWords(plan({ pace: null })).time).toBeNull();
    expect(planWords(plan({ met: 3 })).soFar).toBe('With 3 people so far no difference could be told.');
  });

  test('when nothing can differ by so much', () => {
    expect(planWords(plan({ difference: 0.95 }))).toMatchObject({
      people: 'No rate differs by so much from this one. Choose a smaller difference.',
      method: null,
    });
  });

  test('when a version gets nobody', () => {
    const { people } = planWords(plan({ test: { baseline: 0.1, shares: [0, 1] } }));
    expect(people).toBe('The first version or all others get nobody new, so there is nothing to compare.');
  });

  test('of a rate that most reach', () => {
    expect(planWords(plan({ test: { baseline: 0.9, shares: [1, 1] } })).people).toContain(
      'To tell 88.0\u00a0% from 90.0\u00a0%',
    );
  });
});

test('nothing is planned from a rate of none or all', () => {
  expect([null, undefined, 0, 0 / 0, 1, 0.2].map(plannable)).toEqual([null, null, null, null, null, 0.2]);
});

test.each([
  [0.1, 0.02],
  [0.5, 0.1],
  [0.03, 0.005],
  [0.97, 0.005],
])('the usual difference for a rate of %d is %d', (baseline, difference) => {
  expect(usualDifference(baseline)).toBe(difference);
});

test.each([
  [0.3, 'less than a day'],
  [1, 'about 1 day'],
  [8.2, 'about 9 days'],
  [30, 'about 4 weeks'],
  [150, 'about 5 months'],
  [900, 'more than 2 years'],
])('%d days are %s', (days, words) => {
  expect(daysWords(days)).toBe(words);
});
