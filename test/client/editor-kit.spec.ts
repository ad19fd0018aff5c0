import { describe, expect, test } from '@jest/globals';
import { asCondition, asGroup, conditionWords, readValue } from '#flows/editor-kit/conditions.ts';
import { issueAt } from '#flows/editor-kit/issue-at.ts';
import { readLeniently } from '#flows/editor-kit/read-leniently.ts';
import { shares } from '#flows/editor-kit/shares.ts';
import { splitTemplate, withoutVariables } from '#flows/editor-kit/split-template.ts';
import { uniqueId } from '#flows/editor-kit/unique-id.ts';
import { error, warning } from '#flows/definition/issue.ts';
import { NODE_KINDS } from '#flows/registry.ts';
import { questionConfig } from '#flows/nodes/question/definition.ts';
import * as fc from '../support/properties.ts';

describe('a config in a form', () => {
  const halfTyped = { text: ' ', answers: [{ id: 'yes', words: [] }], retries: 99, purpose: 'reply' };

  test('may break every limit as long as its shape is right', () => {
    expect(questionConfig.safeParse(halfTyped).success).toBe(false);
    expect(readLeniently(questionConfig, halfTyped)).toEqual(halfTyped);
  });

  test('keeps the spaces somebody is typing', () => {
    expect(readLeniently(questionConfig, { text: 'Hi ' })).toMatchObject({ text: 'Hi ', answers: [] });
  });

  test('is nothing where the shape is another', () => {
    expect(readLeniently(questionConfig, { text: 7 })).toBeNull();
    expect(readLeniently(questionConfig, { ...halfTyped, colour: 'red' })).toBeNull();
  });

  test.each(NODE_KINDS.map((kind) => [kind.kind, kind] as const))(
    'of a new %s is read as it is',
    (_, kind) => {
      expect(readLeniently(kind.schema, kind.initial())).toEqual(kind.schema.parse(kind.initial()));
    },
  );
});

test('a template is shown in words and variables', () => {
  expect(splitTemplate('Hi {{ contact.firstName | default: "you" }}, bye')).toEqual([
    { kind: 'words', text: 'Hi ' },
    { kind: 'variable', text: 'contact.firstName' },
    { kind: 'words', text: ', bye' },
  ]);
  expect(withoutVariables('Hi {{contact.firstName}}!')).toBe('Hi !');
});

test('an id for a new answer is made of its words and taken by nobody', () => {
  expect(uniqueId('Yes, please!', [], 'answer')).toBe('yes-please');
  expect(uniqueId('YES', ['yes', 'yes-2'], 'answer')).toBe('yes-3');
  expect(uniqueId('👍', [], 'answer')).toBe('answer');
});

test('the issue shown at a field is the worst at or below it', () => {
  const issues = [
    warning('a.b', 'Doubtful.', { node: 'ask', path: 'config.answers.0.words.1' }),
    error('c.d', 'Wrong.', { node: 'ask', path: 'config.answers.0.words.2' }),
    error('e.f', 'Elsewhere.', { node: 'ask', path: 'config.answers.01' }),
  ];
  expect(issueAt(issues, 'answers.0')?.message).toBe('Wrong.');
  expect(issueAt(issues, 'answers.1')).toBeNull();
});

describe('shares of a test', () => {
  test('say in percent what weights mean', () => {
    expect(shares([1, 1])).toEqual([50, 50]);
    expect(shares([1, 1, 1])).toEqual([34, 33, 33]);
    expect(shares([0, 0])).toEqual([0, 0]);
  });

  test('always add up to 100', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 6 }), (weights) => {
        const sum = shares(weights).reduce((total, share) => total + share, 0);
        expect(sum).toBe(weights.some((weight) => weight > 0) ? 100 : 0);
      }),
    );
  });
});

describe('a condition in the builder', () => {
  const city = { variable: 'contact.city', operator: 'equals', value: 'London' } as const;
  const size = { variable: 'answers.size', operator: 'is-set' } as const;

  test('is a group, and goes back to what it was', () => {
    expect(asCondition(asGroup(city))).toEqual(city);
    expect(asCondition(asGroup({ none: [city] }))).toEqual({ none: [city] });
    expect(asCondition({ quantifier: 'all', parts: [city, size] })).toEqual({ all: [city, size] });
  });

  test('is told in words', () => {
    expect(conditionWords({ all: [city, { any: [size, city] }] })).toBe(
      'contact.city is London and (answers.size is known or contact.city is London)',
    );
  });

  test('reads numbers and yes or no where they are meant', () => {
    expect(['10', '2.50', '007', 'true', 'big', ''].map(readValue)).toEqual([
      10,
      '2.50',
      '007',
      true,
      'big',
      '',
    ]);
  });
});
