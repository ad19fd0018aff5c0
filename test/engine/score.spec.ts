import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { nps } from '#flows/nodes/nps/definition.ts';
import { scoreOf } from '#flows/nodes/nps/score.ts';
import { normalise } from '#shared/sms/text.ts';

const { boundaries }: { boundaries: { score: number; expected: string }[] } = JSON.parse(
  readFileSync(new URL('../vectors/nps.json', import.meta.url), 'utf8'),
);

describe('a score in a reply', () => {
  test.each([
    ['10', 10],
    ['0', 0],
    [' 8. ', 8],
    ['9!', 9],
    ['07', 7],
    ['10/10', 10],
    ['8 / 10', 8],
    ['7 out of 10', 7],
    ['six', 6],
    ['Ten!!', 10],
    ['９', 9],
    ['8️⃣', 8],
    ['🔟', 10],
    ['9, great staff', 9],
    ['3 - too slow', 3],
    ['7 (nearly an 8)', 7],
    ['5 because of the queue', 5],
    ['10 thanks', 10],
    ['8\nThe staff was lovely', 8],
    ['9 points', 9],
  ])('%j is %d', (text, score) => {
    expect(scoreOf(text, 'en')).toBe(score);
  });

  test.each([
    '11',
    '100',
    '-1',
    '8.5',
    '8,5',
    '7-8',
    '9 10',
    '9, 8',
    '10 minutes late',
    'great',
    '',
    '9th',
    'a 9',
    '1 2 3',
    'zero tolerance',
    '0800 123',
    '½',
    'nine hundred',
  ])('%j is no score', (text) => {
    expect(scoreOf(text, 'en')).toBeNull();
  });

  test.each([
    ['fr', 'dix', 10],
    ['fr', 'zéro', 0],
    ['fr', '8 sur 10', 8],
    ['fr-CA', 'neuf, merci', 9],
    ['fr', 'seven', 7],
    ['de', 'fünf', 5],
    ['de', 'null', 0],
    ['de', 'zehn von zehn', 10],
    ['de', 'Acht!', 8],
    ['de', '2 weil es laut war', 2],
    ['es', 'diez', 10],
    ['es', 'cero', 0],
    ['es', '9 de 10', 9],
    ['es', 'ocho porque sí', 8],
  ])('in %s, %j is %d', (language, text, score) => {
    expect(scoreOf(text, language)).toBe(score);
  });

  test.each(['dix', 'zehn', 'diez'])('%j is no English score', (text) => {
    expect(scoreOf(text, 'en')).toBeNull();
  });
});

describe('the group of a score', () => {
  const bound = nps.bind({ id: 'nps', config: nps.initial() });

  test.each(
    boundaries.map(({ score, expected }) => [score, expected === 'error' ? 'other' : expected] as const),
  )('%d is %s', (score, group) => {
    const text = String(score);
    const classified = Array.isArray(bound)
      ? null
      : bound.classify?.({ text, normalised: normalise(text) }, 'en');
    expect(classified).toMatchObject(
      group === 'other' ? { category: 'other' } : { category: group, value: score },
    );
  });
});
