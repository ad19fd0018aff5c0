import { z } from 'zod';

/** A value an author can store and compare. */
export type Scalar = string | number | boolean | null;

/** A variable an author can name in a text or a condition: a field of the contact, an answer, or a fact of the run. */
const VARIABLE = /^(contact|answers|run|program)\.[A-Za-z][A-Za-z0-9_]{0,39}$/;

const variable = z.string().regex(VARIABLE, 'Name a variable such as contact.city or answers.size.');
const value = z.union([z.string().max(200), z.number(), z.boolean()]);

export const OPERATORS = [
  'equals',
  'not-equals',
  'contains',
  'has-word',
  'begins-with',
  'greater',
  'less',
  'is-set',
  'is-not-set',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** One comparison; `value` is left out for is-set and is-not-set. Texts compare without case. */
const comparisonSchema = z.strictObject({ variable, operator: z.enum(OPERATORS), value: value.optional() });

export type Condition =
  | z.infer<typeof comparisonSchema>
  | { all: Condition[] }
  | { any: Condition[] }
  | { none: Condition[] };

/** A condition tree: comparisons under all / any / none, at most a handful deep. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    comparisonSchema,
    z.strictObject({ all: z.array(conditionSchema).max(20) }),
    z.strictObject({ any: z.array(conditionSchema).max(20) }),
    z.strictObject({ none: z.array(conditionSchema).max(20) }),
  ]),
);

/** What conditions and templates read, by namespace. */
export type Variables = Readonly<
  Record<'contact' | 'answers' | 'run' | 'program', Readonly<Record<string, Scalar>>>
>;

/** The variables a condition names, so that unknown ones can be reported before anything runs. */
export function conditionVariables(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(conditionVariables);
  if ('any' in condition) return condition.any.flatMap(conditionVariables);
  if ('none' in condition) return condition.none.flatMap(conditionVariables);
  return [condition.variable];
}

/** Evaluates a condition. A variable without a value makes every comparison false but `not-equals` and `is-not-set`. */
export function holds(condition: Condition, variables: Variables): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, variables));
  if ('any' in condition) return condition.any.some((part) => holds(part, variables));
  if ('none' in condition) return !condition.none.some((part) => holds(part, variables));
  return compare(readVariable(condition.variable, variables), condition.operator, condition.value ?? null);
}

/** The value behind "answers.size", or null when it has none. */
export const readVariable = (name: string, variables: Variables): Scalar => variableReader(name)(variables);

/** Reads one variable again and again; a name that is none reads as null. */
export function variableReader(name: string): (variables: Variables) => Scalar {
  const [space, key] = name.split('.');
  if (key === undefined || !VARIABLE.test(name) || !isNamespace(space)) return () => null;
  return (variables) => {
    const values = variables[space];
    return Object.hasOwn(values, key) ? (values[key] ?? null) : null;
  };
}

const isNamespace = (space: string | undefined): space is keyof Variables =>
  space === 'contact' || space === 'answers' || space === 'run' || space === 'program';

function compare(actual: Scalar, operator: Operator, expected: Scalar): boolean {
  const set = actual !== null && actual !== '';
  switch (operator) {
    case 'is-set':
      return set;
    case 'is-not-set':
      return !set;
    case 'equals':
      return set && same(actual, expected);
    case 'not-equals':
      return !set || !same(actual, expected);
    case 'contains':
      return set && fold(actual).includes(fold(expected));
    case 'has-word':
      return set && wordsOf(actual).includes(fold(expected));
    case 'begins-with':
      return set && fold(actual).startsWith(fold(expected));
    case 'greater':
      return set && Number(actual) > Number(expected);
    case 'less':
      return set && Number(actual) < Number(expected);
  }
}

function same(a: Scalar, b: Scalar): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a !== '' && b !== '' && Number(a) === Number(b);
  return fold(a) === fold(b);
}

const wordsOf = (value: Scalar): string[] => fold(value).split(/[\s,;]+/);

const fold = (value: Scalar): string =>
  String(value ?? '')
    .trim()
    .toLowerCase();
