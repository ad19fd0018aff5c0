import { z } from 'zod';
import { nameSchema, textSchema } from '../../definition/config-parts.ts';
import { ask, defineNode, NEXT } from '../../engine/node-kind.ts';

const valueSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: textSchema('Write the text to keep.') }),
  z.strictObject({ kind: z.literal('number'), number: z.number() }),
  z.strictObject({ kind: z.literal('yes-no'), yes: z.boolean() }),
  z.strictObject({ kind: z.literal('answer'), answer: nameSchema }),
]);

export const setFieldConfig = z.strictObject({
  /** The field of the contact ("firstName" → {{contact.firstName}}). */
  field: nameSchema.refine(
    (name) => name !== 'phone',
    'The number itself cannot be changed. Choose another field.',
  ),
  /** A text may hold variables; `answer` copies an answer as it is, numbers as numbers. */
  value: valueSchema,
});
export type SetFieldConfig = z.infer<typeof setFieldConfig>;

/** Remembers something about the person, for this flow and all others. */
export const setField = defineNode<SetFieldConfig>({
  kind: 'set-field',
  family: 'act',
  title: 'Remember',
  summary: 'Remembers something about the person, for this flow and all others.',
  schema: setFieldConfig,
  initial: () => ({ field: 'interest', value: { kind: 'text', text: 'coffee' } }),
  places: ['set'],
  ports: () => [NEXT],
  texts: ({ value }) => (value.kind === 'text' ? [{ field: 'value.text', template: value.text }] : []),
  reads: ({ value }) => (value.kind === 'answer' ? [`answers.${value.answer}`] : []),
  states: ({ field, value }, to) => ({
    set: { entry: [ask({ kind: 'set-field', field, value: source(value) })], always: to('next') },
  }),
});

function source(value: SetFieldConfig['value']) {
  switch (value.kind) {
    case 'text':
      return { field: 'value.text' };
    case 'number':
      return value.number;
    case 'yes-no':
      return value.yes;
    case 'answer':
      return { answer: value.answer };
  }
}
