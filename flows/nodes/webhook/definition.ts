import { z } from 'zod';
import { addressSchema, nameSchema } from '../../definition/config-parts.ts';
import { durationSchema, durationSeconds, durationWords } from '../../definition/duration.ts';
import { LIMITS } from '../../definition/schema.ts';
import type { Scalar } from '../../engine/effects.ts';
import { JSON_POINTER, valuesFrom } from '../../engine/json-pointer.ts';
import { ask, capture, defineNode, type NodeIssue, type Port } from '../../engine/node-kind.ts';

/** Nobody waits longer for a web address while a person waits for a reply. */
const LONGEST_WAIT = 60;
const OWN_HEADERS = [
  'host',
  'content-length',
  'content-type',
  'connection',
  'transfer-encoding',
  'idempotency-key',
];

const valueSchema = z.string().max(LIMITS.text);
const headerSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,60}$/, 'Use letters, digits and dashes.')
    .refine((name) => !OWN_HEADERS.includes(name.toLowerCase()), 'We set this header ourselves.'),
  value: valueSchema,
});
const fieldSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,59}$/, 'Use letters, digits, _ . and -.'),
  value: valueSchema,
});
const saveSchema = z.strictObject({
  from: z.string().max(200).regex(JSON_POINTER, 'Write a path such as /customer/name.'),
  as: nameSchema,
});

export const webhookConfig = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  url: addressSchema('Write the address to call.'),
  headers: z.array(headerSchema).max(10).default([]),
  /** What is sent: a JSON object, or the query of the address with GET and DELETE. */
  fields: z.array(fieldSchema).max(30).default([]),
  timeout: durationSchema
    .refine((duration) => durationSeconds(duration) <= LONGEST_WAIT, 'At most 60 seconds.')
    .default('10s'),
  /** What is kept of a JSON answer, each under the name of an answer. */
  save: z.array(saveSchema).max(20).default([]),
  /** An answer as the far end gives it, for trying the flow out. */
  sample: z.string().max(4_000).optional(),
});
export type WebhookConfig = z.infer<typeof webhookConfig>;

/**
 * Calls a web address and goes on by how that went. Answers of 200 to 299 are good; whatever else comes, or nothing in time, is
 * not. The person's texts meanwhile go where they would go without it.
 */
export const webhook = defineNode<WebhookConfig>({
  kind: 'webhook',
  family: 'act',
  title: 'Call a web address',
  summary: 'Asks or tells another system over HTTP, and keeps what it answers.',
  schema: webhookConfig,
  initial: () => ({
    method: 'GET',
    url: 'https://shop.example.com/customers/{{contact.phone}}',
    headers: [],
    fields: [],
    timeout: '10s',
    save: [{ from: '/name', as: 'name' }],
    sample: '{"name": "Ada"}',
  }),
  places: ['call'],
  waits: () => true,
  busy: true,
  ports: ({ timeout }): Port[] => [
    { id: 'ok', label: 'It worked', required: true, open: 'completed' },
    { id: 'error', label: 'It failed', required: true, open: 'completed' },
    { id: 'timeout', label: `No answer for ${durationWords(timeout)}`, required: true, open: 'completed' },
  ],
  texts: ({ url, headers, fields }) => [
    { field: 'url', template: url },
    ...headers.map(({ value }, at) => ({ field: `headers.${at}.value`, template: value })),
    ...fields.map(({ value }, at) => ({ field: `fields.${at}.value`, template: value })),
  ],
  sets: ({ save }) => save.map(({ as }) => `answers.${as}`),
  check: (config) => [...savedTwice(config), ...sampleIssues(config)],
  states: ({ method, headers, fields, timeout, save, sample }, to) => ({
    call: {
      entry: [
        ask({
          kind: 'webhook',
          method,
          url: 'url',
          headers: headers.map(({ name }, at) => ({ name, field: `headers.${at}.value` })),
          fields: fields.map(({ name }, at) => ({ name, field: `fields.${at}.value` })),
          timeoutSeconds: durationSeconds(timeout),
          save,
          sample: sampleValues(sample, save),
        }),
      ],
      on: {
        'answer.webhook.ok': to('ok', ...save.map(({ as }) => capture(as))),
        'answer.webhook.error': to('error'),
        'answer.webhook.timeout': to('timeout'),
      },
    },
  }),
});

/** What the phone keeps of the author's sample. */
function sampleValues(sample: string | undefined, save: WebhookConfig['save']): Record<string, Scalar> {
  const json = sample === undefined ? null : readJson(sample);
  return valuesFrom(json?.value, save);
}

/** The value of a JSON text, or null where it is none. */
export function readJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

function savedTwice({ save }: WebhookConfig): NodeIssue[] {
  const at = save.findIndex(({ as }, n) => save.slice(0, n).some((before) => before.as === as));
  if (at < 0) return [];
  const message = `Two values are kept as “${save[at]?.as}”. Give each a name of its own.`;
  return [{ code: 'webhook.saved-twice', severity: 'error', message, path: `save.${at}.as` }];
}

function sampleIssues({ sample, save }: WebhookConfig): NodeIssue[] {
  if (sample === undefined || sample.trim() === '') return [];
  const json = readJson(sample);
  if (!json) {
    const message = 'This is no JSON. Paste an answer of the far end as it is.';
    return [{ code: 'webhook.sample', severity: 'warning', message, path: 'sample' }];
  }
  const values = valuesFrom(json.value, save);
  return save.flatMap(({ from, as }, at): NodeIssue[] =>
    values[as] === null
      ? [
          {
            code: 'webhook.not-in-sample',
            severity: 'warning',
            message: `The sample has nothing at ${from || 'its top'}.`,
            path: `save.${at}.from`,
          },
        ]
      : [],
  );
}
