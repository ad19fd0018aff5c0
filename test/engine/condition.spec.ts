import { describe, expect, test } from '@jest/globals';
import {
  type Condition,
  conditionSchema,
  conditionVariables,
  holds,
  OPERATORS,
  type Operator,
  readVariable,
  type Scalar,
  type Variables,
} from '#flows/engine/condition.ts';
import * as fc from '../support/properties.ts';

const variablesWith = (value: Scalar | undefined): Variables => ({
  contact: value === undefined ? {} : { it: value },
  answers: {},
  run: {},
  program: {},
});
const compares = (
  actual: Scalar | undefined,
  operator: Operator,
  value?: string | number | boolean,
): boolean =>
  holds(
    { variable: 'contact.it', operator, ...(value === undefined ? {} : { value }) },
    variablesWith(actual),
  );

describe('a comparison', () => {
  test.each<[Scalar, Operator, string | number | boolean, boolean]>([
    ['Paris', 'equals', ' paris ', true],
    ['Paris', 'equals', 'Par', false],
    ['007', 'equals', '7', false],
    ['007', 'equals', 7, true],
    [7, 'equals', '7.0', true],
    [7, 'equals', 8, false],
    [0, 'equals', '', false],
    ['red', 'equals', 0, false],
    [true, 'equals', 'TRUE', true],
    ['Paris', 'not-equals', 'paris', false],
    ['Paris', 'not-equals', 'Rome', true],
    [7, 'not-equals', '7', false],
    [7, 'not-equals', 8, true],
    ['Old Town', 'contains', 'D T', true],
    ['Old Town', 'contains', 'city', false],
    ['red, Green;blue', 'has-word', 'green', true],
    ['red, Green;blue', 'has-word', 'gree', false],
    ['SW1A 1AA', 'begins-with', 'sw1', true],
    ['SW1A 1AA', 'begins-with', '1aa', false],
    [18, 'greater', 17, true],
    [18, 'greater', 18, false],
    ['18', 'greater', '9', true],
    ['many', 'greater', 1, false],
    [18, 'less', 19, true],
    [18, 'less', 18, false],
    ['9', 'less', '18', true],
    ['few', 'less', 1, false],
  ])('%j %s %j: %j', (actual, operator, value, is) => {
    expect(compares(actual, operator, value)).toBe(is);
  });

  test.each([undefined, null, ''] as const)(
    'of what has no value (%j) fails, but for the two that ask for that',
    (nothing) => {
      const values = ['', 'x', 0, -1, 1, true] as const;
      const held = OPERATORS.filter((operator) => values.some((value) => compares(nothing, operator, value)));
      expect(held).toEqual(['not-equals', 'is-not-set']);
      expect(values.every((value) => compares(nothing, 'not-equals', value))).toBe(true);
    },
  );

  test('asks whether there is a value at all', () => {
    for (const value of ['x', 0, false]) {
      expect([compares(value, 'is-set'), compares(value, 'is-not-set')]).toEqual([true, false]);
    }
  });
});

describe('a group', () => {
  const is = (value: boolean): Condition => ({
    variable: 'contact.it',
    operator: value ? 'is-set' : 'is-not-set',
  });
  const parts = fc.array(fc.boolean(), { maxLength: 4 });

  test('holds where all, any or none of its parts do', () => {
    fc.assert(
      fc.property(parts, (truths) => {
        const variables = variablesWith('x');
        const inside = truths.map(is);
        expect(holds({ all: inside }, variables)).toBe(truths.every(Boolean));
        expect(holds({ any: inside }, variables)).toBe(truths.some(Boolean));
        expect(holds({ none: inside }, variables)).toBe(!truths.some(Boolean));
        expect(holds({ none: [{ all: inside }] }, variables)).toBe(!truths.every(Boolean));
      }),
    );
  });

  test('names the variables of all its parts', () => {
    const at = (variable: string): Condition => ({ variable, operator: 'is-set' });
    expect(
      conditionVariables({
        all: [at('contact.a'), { any: [at('answers.b'), { none: [at('run.c'), at('contact.a')] }] }],
      }),
    ).toEqual(['contact.a', 'answers.b', 'run.c', 'contact.a']);
  });

  test('is read with up to 20 parts of each kind', () => {
    const many = (count: number) => Array.from({ length: count }, () => is(true));
    for (const kind of ['all', 'any', 'none']) {
      expect(conditionSchema.safeParse({ [kind]: many(20) }).success).toBe(true);
      expect(conditionSchema.safeParse({ [kind]: many(21) }).success).toBe(false);
      expect(conditionSchema.safeParse({ [kind]: [] }).success).toBe(true);
    }
  });
});

describe('a variable', () => {
  const variables: Variables = {
    contact: { city: 'Rome' },
    answers: { size: 0 },
    run: { keyword: null },
    program: { brand: 'Bluebird' },
  };

  test.each([
    ['contact.city', 'Rome'],
    ['answers.size', 0],
    ['run.keyword', null],
    ['program.brand', 'Bluebird'],
    ['contact.country', null],
    ['contact.constructor', null],
    ['contact', null],
    ['contact.', null],
    ['contact.2nd', null],
    ['contact.city.name', null],
    ['elsewhere.city', null],
    ['toString.length', null],
  ])('%s is read as %j', (name, value) => {
    expect(readVariable(name, variables)).toBe(value);
  });
});
