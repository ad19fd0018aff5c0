import { type Condition, holds, type Variables } from '../engine/condition.ts';
import type { EffectRequest, Scalar } from '../engine/effects.ts';
import type { Outline } from '../engine/outline.ts';

type Comparison = Extract<Condition, { variable: string }>;

/** The values of one variable as far as a flow can tell them apart. */
export interface Domain {
  /** One value for each way the flow's comparisons can turn out, the simplest first. */
  values: readonly Scalar[];
  /** Many values of every class, for those who need one that is something else besides. */
  tried: readonly Scalar[];
  /** What the values are compared with. */
  comparisons: readonly Comparison[];
  /** Values of the same class turn out alike in every comparison. */
  classOf: (value: Scalar) => string;
}

/** By variable ("contact.city"); only what some condition compares, or what is copied to where one does. */
export type Domains = ReadonlyMap<string, Domain>;

/**
 * Cuts the values of every variable that conditions compare into finitely many classes, with a concrete value for each, so that
 * exploring one value of each class explores them all.
 */
export function domainsOf(outlines: Iterable<Outline>): Domains {
  const requests = [...outlines].flatMap((outline) => outline.requests.map(({ request }) => request));
  const comparisons = new Map<string, Comparison[]>();
  for (const request of requests) {
    if (request.kind !== 'branch') continue;
    for (const comparison of request.cases.flatMap(({ when }) => comparisonsOf(when))) {
      const known = comparisons.get(comparison.variable);
      if (known) known.push(comparison);
      else comparisons.set(comparison.variable, [comparison]);
    }
  }
  for (const request of requests) {
    const answer = copiedAnswer(request);
    const compared = request.kind === 'set-field' && comparisons.get(`contact.${request.field}`);
    if (answer === null || !compared) continue;
    const own = compared.map((comparison) => ({ ...comparison, variable: answer }));
    comparisons.set(answer, [...(comparisons.get(answer) ?? []), ...own]);
  }
  return new Map([...comparisons].map(([variable, compared]) => [variable, domainOf(variable, compared)]));
}

/** The answer that a request copies into a field ("answers.size"), or null. */
export function copiedAnswer(request: EffectRequest): string | null {
  if (request.kind !== 'set-field') return null;
  const { value } = request;
  return value !== null && typeof value === 'object' && 'answer' in value ? `answers.${value.answer}` : null;
}

function comparisonsOf(condition: Condition): Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf);
  if ('any' in condition) return condition.any.flatMap(comparisonsOf);
  if ('none' in condition) return condition.none.flatMap(comparisonsOf);
  return [condition];
}

function domainOf(variable: string, compared: readonly Comparison[]): Domain {
  const [, name = ''] = variable.split('.');
  const different = [...new Map(compared.map((one) => [JSON.stringify(one), one])).values()];
  const classes = new Map<string, Scalar>();
  const known = new Map<Scalar, string>();
  const classOf = (value: Scalar): string => {
    let found = known.get(value);
    if (found === undefined) {
      const space = { [name]: value };
      const variables: Variables = { contact: space, answers: space, run: space, program: space };
      found = different.map((comparison) => (holds(comparison, variables) ? '1' : '0')).join('');
      known.set(value, found);
    }
    return found;
  };
  const tried = candidates(variable, different);
  for (const value of tried) {
    const found = classOf(value);
    if (!classes.has(found)) classes.set(found, value);
  }
  return { values: [...classes.values()], tried, comparisons: different, classOf };
}

/** Values likely to tell comparisons apart: what they name, what lies between numbers, texts around texts, and nothing at all. */
function candidates(variable: string, compared: readonly Comparison[]): Scalar[] {
  const named = compared.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const texts = [...new Set(named.map((value) => String(value).trim()))].filter((text) => text !== '');
  if (variable === 'contact.phone') return ['+12025550123', ...texts.map(phoneLike)];
  const numbers = [...new Set(named.filter((value) => value !== '').map(Number))]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const between = numbers.flatMap((number, i) => {
    const next = numbers[i + 1];
    return next === undefined ? [] : [number + 1 < next ? number + 1 : (number + next) / 2];
  });
  return [
    null,
    ...named,
    ...numbers.flatMap((number) => [number - 1, number + 1]),
    ...between,
    ...PLAIN,
    ...(texts.length > FEW ? pairsOf(texts.slice(0, MANY)) : mixturesOf(texts)),
    ...texts.flatMap(around),
  ];
}

/** Words that are hardly ever compared. */
const PLAIN = ['Blue', 'Ann', 'something else', 0];
/** Mixtures of texts grow with the power of their number, pairs with its square. */
const FEW = 3;
const MANY = 12;

/** Texts that begin with another, end with it, or have it inside a word. */
const around = (text: string): string[] => [`${text} and more`, `not ${text}`, `${text}s`, `un${text}s`];

const pairsOf = (texts: readonly string[]): string[] => [
  ...texts.flatMap((one) => texts.map((two) => `${one} ${two}`)),
  texts.join(' '),
];

/** Texts that have some of these in them, as a word or inside one, with each of those at the beginning, and none. */
function mixturesOf(texts: readonly string[]): string[] {
  let mixtures: string[][] = [[]];
  for (const text of texts) {
    const forms = [[], [text], [`${text}s`], [`un${text}s`]];
    mixtures = mixtures.flatMap((parts) => forms.map((form) => [...parts, ...form]));
  }
  return mixtures
    .filter((parts) => parts.length > 1)
    .flatMap((parts) => [
      ...parts.map((part) => [part, ...parts.filter((other) => other !== part)].join(' ')),
      `so ${parts.join(' ')}`,
    ]);
}

const phoneLike = (text: string): string => {
  const digits = text.replace(/\D/g, '');
  return `+${(digits + '12025550123'.slice(digits.length)).slice(0, 15)}`;
};
