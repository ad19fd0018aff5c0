import { z } from 'zod';
import { assertNever } from '#shared/assert-never.ts';
import { countryOf } from '#shared/sms/calling-codes.ts';
import type { Reply } from '../../engine/node-kind.ts';
import type { Captured } from '../../replies/captured.ts';
import { describeTest } from '../../replies/describe.ts';
import { textsFor } from '../../replies/examples.ts';
import { dayBoundSchema, type ReplyTest } from '../../replies/reply-test.ts';
import { testReader } from '../../replies/test-reader.ts';
import { readName } from './read-name.ts';
import { POSTCODE_COUNTRIES, postcodeExample, readPostcode } from './read-postcode.ts';

/** What can be collected, each with how it is checked. */
export const wantedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('name') }),
  z.strictObject({ kind: z.literal('number'), least: z.number().optional(), most: z.number().optional() }),
  z.strictObject({ kind: z.literal('date'), from: dayBoundSchema.optional(), to: dayBoundSchema.optional() }),
  z.strictObject({ kind: z.literal('email') }),
  z.strictObject({
    kind: z.literal('phone'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'Write a country as two capitals, such as GB.')
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('postcode'),
    /** Whose postcodes are taken; those of the person's own country where nothing is said. */
    country: z.enum(POSTCODE_COUNTRIES).optional(),
  }),
  z.strictObject({ kind: z.literal('picture') }),
]);
export type Wanted = z.infer<typeof wantedSchema>;

/** Makes ready what is wanted: the value that a reply gives, or null. */
export function wantedReader(wanted: Wanted, language: string): (reply: Reply) => Captured | null {
  switch (wanted.kind) {
    case 'name':
      return ({ text }) => captured(readName(text, language));
    case 'postcode':
      return ({ text, phone }) => captured(readPostcode(text, wanted.country ?? countryFor(phone)));
    case 'number':
    case 'date':
    case 'email':
    case 'phone':
    case 'picture':
      return testReader(testOf(wanted), language);
    default:
      return assertNever(wanted);
  }
}

/** A name is whatever somebody says it is, so it never wins over a keyword; a postcode has a shape of its own. */
const captured = (value: string | null): Captured | null => (value === null ? null : { value, leads: false });

const countryFor = (phone: string | undefined): string | null =>
  phone === undefined ? null : countryOf(phone);

/** What is read as a test of replies is. */
function testOf(wanted: Exclude<Wanted, { kind: 'name' | 'postcode' }>): ReplyTest {
  switch (wanted.kind) {
    case 'number':
      return { test: 'number', least: wanted.least, most: wanted.most };
    case 'date':
      return { test: 'date', from: wanted.from, to: wanted.to };
    case 'email':
      return { test: 'email' };
    case 'phone':
      return { test: 'phone', country: wanted.country };
    case 'picture':
      return { test: 'media' };
    default:
      return assertNever(wanted);
  }
}

/** What is wanted in a few words: "a number from 1 to 10". */
export function wantedWords(wanted: Wanted): string {
  if (wanted.kind === 'name') return 'a name';
  if (wanted.kind === 'postcode') return wanted.country ? `a postcode of ${wanted.country}` : 'a postcode';
  return describeTest(testOf(wanted));
}

/** Texts that are likely to give it; none for a picture. */
export function wantedExamples(wanted: Wanted, language: string): string[] {
  if (wanted.kind === 'name') return ['Ada Lovelace', 'Ada'];
  if (wanted.kind === 'postcode') return [postcodeExample(wanted.country ?? 'US')];
  return textsFor(testOf(wanted), language);
}
