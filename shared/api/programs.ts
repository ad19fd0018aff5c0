import { z } from 'zod';
import { idSchema } from './common.ts';

/** What a sender is for; its words answer HELP, STOP and START. An empty text means the country's standard words. */
export const programSchema = z.object({
  id: idSchema,
  name: z.string(),
  brand: z.string(),
  language: z.string(),
  /** Where a person finds help, named in the HELP answer: an e-mail address, a phone number or a page. */
  contact: z.string(),
  helpText: z.string(),
  stopText: z.string(),
  startText: z.string(),
  /** Answers AGENT, HUMAN and the like; empty: these are words like any other. */
  agentText: z.string(),
  /** How often people hear from it, as a first message says it: "2 msgs/month". */
  frequency: z.string(),
  termsUrl: z.string(),
  privacyUrl: z.string(),
  /** Where STOP is texted when the sender cannot receive (France: 36xxx). */
  stopAddress: z.string(),
  closedText: z.string(),
});

const words = z.string().trim().max(320);
const webAddress = z.union([
  z.literal(''),
  z.url({ protocol: /^https?$/, error: 'Write a web address starting with https://' }),
]);
const programFields = {
  name: z.string().trim().min(1, 'Give the program a name.').max(80),
  brand: z.string().trim().min(1, 'Name the brand people know you by.').max(40),
  language: z.string().regex(/^[a-z]{2}$/),
  contact: z
    .string()
    .trim()
    .min(3, 'Say where people find help: an e-mail address, a phone number or a page.')
    .max(60),
  helpText: words,
  stopText: words,
  startText: words,
  agentText: words,
  frequency: z.string().trim().max(40),
  termsUrl: webAddress,
  privacyUrl: webAddress,
  stopAddress: z
    .string()
    .trim()
    .regex(/^$|^\+?\d{3,15}$/, 'Write a number: 36111.'),
  /** Answers the keyword of a flow that is paused or archived. */
  closedText: words,
};
/** POST /api/programs */
export const saveProgramSchema = z.strictObject({
  ...programFields,
  language: programFields.language.default('en'),
  helpText: words.default(''),
  stopText: words.default(''),
  startText: words.default(''),
  agentText: words.default(''),
  frequency: programFields.frequency.default(''),
  termsUrl: webAddress.default(''),
  privacyUrl: webAddress.default(''),
  stopAddress: programFields.stopAddress.default(''),
  closedText: words.default(''),
});
/** PATCH /api/programs/:id */
export const changeProgramSchema = z.strictObject(programFields).partial();

export type Program = z.infer<typeof programSchema>;
export type SaveProgram = z.infer<typeof saveProgramSchema>;
export type ChangeProgram = z.infer<typeof changeProgramSchema>;
