import { Liquid, Output, type Template, TypeGuards } from 'liquidjs';
import { type Variables, variableReader } from './condition.ts';
import type { Scalar } from './effects.ts';
import { type Filter, FILTERS, textOf } from './template-filters.ts';

/** LiquidJS reads the text; filling it in is done here. It knows no tag, and no filter but ours. */
const liquid = new Liquid({ strictFilters: true, cache: false });
for (const name of Object.keys(liquid.filters)) if (!FILTERS.has(name)) delete liquid.filters[name];
for (const name of Object.keys(liquid.tags)) delete liquid.tags[name];

/** A text with variables, ready to be filled in as often as needed. */
export interface TextTemplate {
  source: string;
  /** The variables it names, such as "contact.firstName". */
  variables: string[];
  /** At most LONGEST characters: a field that is put together from itself, twice, would soon be more than memory holds. */
  render: (variables: Variables) => string;
}

/** Longer than any e-mail that a flow writes, in UTF-16 units. */
export const LONGEST = 20_000;

/** Thrown for a text that is not a template: an unknown filter, a tag, an unclosed brace. The message is for the author. */
export class TemplateError extends Error {}

/** What stands in a text or behind a filter: a value, once the variables are known. */
type Value = (variables: Variables) => Scalar;

/**
 * Parses `Hi {{contact.firstName | default: "there"}}`. Only output braces, variables, plain values and a few filters exist: no
 * tags, no code.
 * @throws TemplateError with a sentence for the author.
 */
export function parseTemplate(source: string): TextTemplate {
  if (!source.includes('{{') && !source.includes('{%'))
    return { source, variables: [], render: () => source };
  const variables = new Set<string>();
  const parts = tokenise(source).map((template) => partOf(template, variables));
  return {
    source,
    variables: [...variables],
    render(values) {
      let text = '';
      for (const part of parts) text += typeof part === 'string' ? part : textOf(part(values));
      return bounded(text);
    },
  };
}

/** Cuts what is too long, and no character in two. */
function bounded(text: string): string {
  if (text.length <= LONGEST) return text;
  const last = text.charCodeAt(LONGEST - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? LONGEST - 1 : LONGEST);
}

function tokenise(source: string): Template[] {
  if (source.includes('{%'))
    throw new TemplateError('Only {{variables}} can be used in a text, not {% tags %}.');
  try {
    return liquid.parse(source);
  } catch (cause) {
    throw new TemplateError(sentence(cause));
  }
}

function partOf(template: Template, variables: Set<string>): string | Value {
  if (TypeGuards.isHTMLToken(template.token)) return template.token.getContent();
  if (!(template instanceof Output)) throw new TemplateError(UNREADABLE);
  const { initial, filters } = template.value;
  const [first, ...others] = initial.postfix;
  if (others.length > 0) throw new TemplateError(UNREADABLE);
  let value = first === undefined ? NOTHING : valueFrom(first, variables);
  for (const { name, args } of filters) {
    const filter = FILTERS.get(name);
    if (!filter) throw new TemplateError(UNREADABLE);
    value = filtered(
      filter,
      value,
      args.map((arg) => valueFrom(arg, variables)),
    );
  }
  return value;
}

const NOTHING: Value = () => null;

function filtered(filter: Filter, value: Value, args: readonly Value[]): Value {
  return (variables) =>
    filter(
      value(variables),
      args.map((arg) => arg(variables)),
    );
}

function valueFrom(token: unknown, variables: Set<string>): Value {
  if (TypeGuards.isQuotedToken(token) || TypeGuards.isNumberToken(token)) return constant(token.content);
  if (TypeGuards.isLiteralToken(token) && typeof token.content !== 'object')
    return constant(token.content ?? null);
  if (TypeGuards.isPropertyAccessToken(token) && token.variable === undefined) {
    const name = token.getText();
    variables.add(name);
    return variableReader(name);
  }
  throw new TemplateError(UNREADABLE);
}

const constant =
  (content: Scalar): Value =>
  () =>
    content;

const UNREADABLE =
  'Write a variable as {{contact.firstName}}, with a filter if you like: {{contact.firstName | default: "there"}}.';

function sentence(cause: unknown): string {
  const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  const filter = /undefined filter: (\S+?),/.exec(message)?.[1];
  if (filter) return `There is no filter "${filter}". Use one of: ${[...FILTERS.keys()].join(', ')}.`;
  return 'A variable is not closed. Write it as {{contact.firstName}}.';
}
