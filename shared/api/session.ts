import { z } from 'zod';
import { idSchema, momentSchema } from './common.ts';

/** What a person may do, weakest first. */
export const roleSchema = z.enum(['analyst', 'agent', 'author', 'publisher', 'compliance', 'owner']);
export type Role = z.infer<typeof roleSchema>;

/** POST /api/session: the token of a one-time link, or e-mail and password. */
export const signInSchema = z.union([
  z.strictObject({ token: z.string().min(1).max(200) }),
  z.strictObject({
    email: z.email('Write your e-mail address.'),
    password: z.string().min(1, 'Write your password.').max(200),
  }),
]);

/** GET /api/session: who is signed in, and where. */
export const sessionSchema = z.object({
  person: z.object({
    id: idSchema,
    name: z.string(),
    email: z.string().nullable(),
    hasPassword: z.boolean(),
  }),
  workspace: z.object({
    id: idSchema,
    name: z.string(),
    timeZone: z.string(),
    sendingStopped: z.boolean(),
    /** Who stopped all sending, and when; null while it is not, and where nobody knows. */
    stopped: z.object({ by: z.string().nullable(), at: momentSchema }).nullable(),
    marketingADay: z.number().int().nullable(),
    marketingAWeek: z.number().int().nullable(),
  }),
  role: roleSchema,
});

/** PATCH /api/session/person: one's own name, e-mail and password. */
export const ownPersonSchema = z.strictObject({
  name: z.string().trim().min(1, 'Write your name.').max(80).optional(),
  email: z.email('Write an e-mail address.').optional(),
  password: z.string().min(10, 'Use at least 10 characters.').max(200).optional(),
});

export type SignIn = z.infer<typeof signInSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type OwnPerson = z.infer<typeof ownPersonSchema>;

/** The page of the client that a one-time link opens. The token stands behind the #, where no server or referrer reads it. */
export const SIGN_IN_PATH = '/sign-in';
export const signInPath = (token: string): string => `${SIGN_IN_PATH}#${token}`;
