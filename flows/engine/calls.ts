import { readVariable, type Variables } from './condition.ts';
import type { LaterCall, Scalar, WebhookRequest } from './effects.ts';
import type { TextTemplate } from './template.ts';
import { textOf } from './template-filters.ts';

/** What a call to the outside is filled in with: a node's texts and the variables of the moment. */
export interface Calling {
  text: (field: string) => TextTemplate;
  variables: Variables;
}

/** Fills in an HTTP request. A field that is one variable and nothing else keeps its type, so that a number stays one. */
export function webhookCall(
  request: WebhookRequest,
  calling: Calling,
): Extract<LaterCall, { kind: 'webhook' }> {
  const { method, timeoutSeconds, save } = request;
  const { text, variables } = calling;
  return {
    kind: 'webhook',
    method,
    url: linkAddress(request.url, calling),
    headers: Object.fromEntries(
      request.headers.map(({ name, field }) => [
        name,
        text(field)
          .render(variables)
          .replace(/[\r\n]+/g, ' '),
      ]),
    ),
    fields: Object.fromEntries(
      request.fields.map(({ name, field }) => [name, filledIn(text(field), variables)]),
    ),
    timeoutSeconds,
    save,
  };
}

/** Fills in an address. What a variable holds is escaped, so that it stays one piece of the path or the query. */
export function linkAddress(field: string, { text, variables }: Calling): string {
  return text(field).render(escaped(variables)).trim();
}

const LONE_VARIABLE = /^\s*\{\{\s*([\w.]+)\s*\}\}\s*$/;

function filledIn(template: TextTemplate, variables: Variables): Scalar {
  const [, name] = LONE_VARIABLE.exec(template.source) ?? [];
  return name === undefined ? template.render(variables) : readVariable(name, variables);
}

function escaped(variables: Variables): Variables {
  const { contact, answers, run, program } = variables;
  return {
    contact: escapedValues(contact),
    answers: escapedValues(answers),
    run: escapedValues(run),
    program: escapedValues(program),
  };
}

const escapedValues = (values: Readonly<Record<string, Scalar>>): Record<string, Scalar> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      // A lone surrogate has no escape.
      value === null ? null : encodeURIComponent(textOf(value).replace(/[\uD800-\uDFFF]/gu, '')),
    ]),
  );
