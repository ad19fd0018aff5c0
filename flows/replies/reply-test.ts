import { readPattern } from '#shared/sms/pattern.ts';
import { z } from 'zod';
import { wordsSchema } from '../definition/config-parts.ts';

/** The longest that a pattern of an author's may be, in characters. */
const LONGEST_PATTERN = 200;

const words = wordsSchema.min(1, 'Give at least one word.');

/** More words for people who speak another of the flow's languages ("fr" → oui); those of the first count for everybody. */
const byLanguage = z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/), wordsSchema).optional();

const wordTest = <const Name extends string>(name: Name) =>
  z.strictObject({ test: z.literal(name), words, byLanguage });

/** A day: today, so many days, weeks, months or years from today, or a date. */
export const dayBoundSchema = z
  .string()
  .regex(
    /^(today|[+-]\d{1,4}[dwmy]|\d{4}-\d\d-\d\d)$/,
    'Write today, a distance such as +7d or -18y, or a date such as 2026-12-31.',
  );
const dayBounds = { from: dayBoundSchema.optional(), to: dayBoundSchema.optional() };
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time such as 09:30.');

const numberTest = z.strictObject({
  test: z.literal('number'),
  equals: z.number().optional(),
  /** Less than. */
  under: z.number().optional(),
  /** More than. */
  over: z.number().optional(),
  /** From `least` to `most`, both included. */
  least: z.number().optional(),
  most: z.number().optional(),
});

const patternTest = z
  .strictObject({
    test: z.literal('pattern'),
    pattern: z.string().min(1, 'Write the pattern.').max(LONGEST_PATTERN),
    /** A text that fits, so that the pattern can be tried before anybody texts. */
    example: z.string().min(1, 'Write a text that fits the pattern.').max(LONGEST_PATTERN),
  })
  .superRefine(({ pattern, example }, context) => {
    const read = readPattern(pattern);
    if ('problem' in read) {
      const message = `This pattern can't be read: ${read.problem}.`;
      context.addIssue({ code: 'custom', path: ['pattern'], message });
    } else if (read.find(example) === null) {
      context.addIssue({ code: 'custom', path: ['example'], message: 'This text does not fit the pattern.' });
    }
  });

/** What a reply may be tested for. What each means is told by its table of cases, in `cases/`. */
export const replyTestSchema = z.discriminatedUnion('test', [
  wordTest('any'),
  wordTest('all'),
  wordTest('only'),
  wordTest('phrase'),
  wordTest('begins'),
  numberTest,
  z.strictObject({ test: z.literal('date'), ...dayBounds }),
  z.strictObject({ test: z.literal('time'), from: clock.optional(), to: clock.optional() }),
  z.strictObject({ test: z.literal('moment'), ...dayBounds }),
  z.strictObject({ test: z.literal('yes') }),
  z.strictObject({ test: z.literal('no') }),
  z.strictObject({ test: z.literal('email') }),
  z.strictObject({
    test: z.literal('phone'),
    /** Whose national numbers are understood; the person's own country where nothing is said. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'Write a country as two capitals, such as GB.')
      .optional(),
  }),
  patternTest,
  z.strictObject({ test: z.literal('media') }),
  z.strictObject({ test: z.literal('anything') }),
]);

export type ReplyTest = z.infer<typeof replyTestSchema>;
export type TestName = ReplyTest['test'];
export type TestOf<Name extends TestName> = Extract<ReplyTest, { test: Name }>;
export type WordTest = Extract<ReplyTest, { words: string[] }>;

export const isWordTest = (test: ReplyTest): test is WordTest => 'words' in test;
