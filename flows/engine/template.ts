import { Liquid, type Template } from 'liquidjs';
import { type Variables, VARIABLE } from './condition.ts';

/** The filters an author may use; all of LiquidJS's others are taken away (dates would differ between browser and server). */
export const FILTERS = [
  'default',
  'upcase',
  'downcase',
  'capitalize',
  'truncate',
  'strip',
  'replace',
  'plus',
  'minus',
  'round',
];

const liquid = new Liquid({
  strictFilters: true,
  strictVariables: false,
  ownPropertyOnly: true,
  cache: false,
});
for (const name of Object.keys(liquid.filters)) if (!FILTERS.includes(name)) delete liquid.filters[name];
for (const name of Object.keys(liquid.tags)) delete liquid.tags[name];

/** A text with variables, ready to be filled in as often as needed. */
export interface TextTemplate {
  source: string;
  /** The variables it names, such as "contact.firstName". */
  variables: string[];
  render: (variables: Variables) => string;
}

/** Thrown for a text that is not a template: an unknown filter, a tag, an unclosed brace. */
export class TemplateError extends Error {}

/**
 * Parses `Hi {{contact.firstName | default: "there"}}`. Only output braces and a few filters exist: no tags, no code.
 * @throws TemplateError with a sentence for the author.
 */
export function parseTemplate(source: string): TextTemplate {
  if (!source.includes('{{') && !source.includes('{%'))
    return { source, variables: [], render: () => source };
  const parsed = compile(source);
  return { source, variables: variablesOf(parsed), render: (variables) => render(parsed, variables) };
}

function compile(source: string): Template[] {
  if (source.includes('{%'))
    throw new TemplateError('Only {{variables}} can be used in a text, not {% tags %}.');
  try {
    return liquid.parse(source);
  } catch (cause) {
    throw new TemplateError(sentence(cause));
  }
}

function render(parsed: Template[], variables: Variables): string {
  const out: unknown = liquid.renderSync(parsed, variables);
  return typeof out === 'string' ? out : '';
}

function variablesOf(parsed: Template[]): string[] {
  return [...new Set(liquid.fullVariablesSync(parsed, { partials: false }))];
}

function sentence(cause: unknown): string {
  const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  const filter = /undefined filter: (\S+?),/.exec(message)?.[1];
  if (filter) return `There is no filter "${filter}". Use one of: ${FILTERS.join(', ')}.`;
  return 'A variable is not closed. Write it as {{contact.firstName}}.';
}

/** Whether a name is one that texts and conditions may use. */
export const isVariable = (name: string): boolean => VARIABLE.test(name);
