import { SLUG } from '#shared/ids.ts';
import { z } from 'zod';
import { LIMITS } from './schema.ts';

/** A text that people will read; `missing` is the sentence for an author who left it empty. */
export const textSchema = (missing: string) => z.string().trim().min(1, missing).max(LIMITS.text);

/** Host and port must be the author's own words: what a contact says never decides whom we call or where a link leads. */
const FIXED_HOST = /^https?:\/\/[^\s/?#{}@]+(?:[/?#]|$)/i;

/** A web address that may hold variables behind its host; `missing` is the sentence for an author who left it empty. */
export const addressSchema = (missing: string) =>
  textSchema(missing).refine((url) => FIXED_HOST.test(url), {
    message:
      'Write an address such as https://shop.example.com/orders. Variables may stand behind its first /.',
  });

/** The key of a list, contest, pool of vouchers, goal or experiment; `missing` is the sentence for an author who has not chosen one. */
export const keySchema = (missing: string) => z.string().regex(SLUG, missing);

/** The id of a way out that the author named: an answer, a case, an arm. `taken` are the ids the node has of its own. */
export const portIdSchema = (taken: readonly string[] = []) =>
  z
    .string()
    .regex(SLUG, 'Use lower-case letters, digits and dashes.')
    .refine((id) => !taken.includes(id), 'This name is taken by the step itself.');

/** The name of a field or an answer, as texts use it ("firstName" → {{contact.firstName}}). */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'Use letters, digits and _, a letter first.');

/** Words or phrases that people may text. */
export const wordsSchema = z.array(z.string().trim().min(1).max(60)).max(LIMITS.words);
