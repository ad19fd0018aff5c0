import { assertNever } from '#shared/assert-never.ts';
import type { Condition, Operator } from '../engine/condition.ts';

/** One comparison of a condition tree. */
export type Comparison = Extract<Condition, { variable: string }>;
/** How the parts of a group count together. */
export type Quantifier = 'all' | 'any' | 'none';

/** A condition as the builder shows it: always a group, a lone comparison being a group of one. */
export interface ConditionGroup {
  quantifier: Quantifier;
  parts: readonly Condition[];
}

export const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  equals: 'is',
  'not-equals': 'is not',
  contains: 'contains',
  'has-word': 'has the word',
  'begins-with': 'begins with',
  greater: 'is more than',
  less: 'is less than',
  'is-set': 'is known',
  'is-not-set': 'is not known',
};

/** Whether an operator compares with a value at all. */
export const needsValue = (operator: Operator): boolean => operator !== 'is-set' && operator !== 'is-not-set';

/** What an author starts from. */
export const NEW_COMPARISON: Comparison = { variable: 'contact.city', operator: 'is-set' };

/** Opens a condition as a group. */
export function asGroup(condition: Condition): ConditionGroup {
  if ('all' in condition) return { quantifier: 'all', parts: condition.all };
  if ('any' in condition) return { quantifier: 'any', parts: condition.any };
  if ('none' in condition) return { quantifier: 'none', parts: condition.none };
  return { quantifier: 'all', parts: [condition] };
}

/** The condition that a group stands for; all of a single part is that part. */
export function asCondition({ quantifier, parts }: ConditionGroup): Condition {
  const [only, second] = parts;
  switch (quantifier) {
    case 'all':
      return only !== undefined && second === undefined ? only : { all: [...parts] };
    case 'any':
      return { any: [...parts] };
    case 'none':
      return { none: [...parts] };
    default:
      return assertNever(quantifier);
  }
}

/** A condition in words: "contact.city is London and answers.size is known". */
export function conditionWords(condition: Condition): string {
  if ('variable' in condition) {
    const { variable, operator, value } = condition;
    return needsValue(operator)
      ? `${variable} ${OPERATOR_WORDS[operator]} ${value === undefined || value === '' ? '…' : String(value)}`
      : `${variable} ${OPERATOR_WORDS[operator]}`;
  }
  const { quantifier, parts } = asGroup(condition);
  const words = parts.map((part) =>
    'variable' in part ? conditionWords(part) : `(${conditionWords(part)})`,
  );
  if (quantifier === 'none') return `none of: ${words.join(', ')}`;
  return words.join(quantifier === 'all' ? ' and ' : ' or ');
}

/** Reads what was typed as the value of a comparison: a number or a yes/no where it is one, else words. */
export function readValue(typed: string): string | number | boolean {
  if (/^-?\d{1,15}(\.\d{1,6})?$/.test(typed) && String(Number(typed)) === typed) return Number(typed);
  if (typed === 'true' || typed === 'false') return typed === 'true';
  return typed;
}
