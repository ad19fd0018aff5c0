import { z } from 'zod';
import { idSchema, momentSchema } from './common.ts';
import { roleSchema } from './session.ts';

/** Somebody who works in the workspace. */
export const personSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string().nullable(),
  role: roleSchema,
  lastSeenAt: momentSchema.nullable(),
});
export const invitePersonSchema = z.strictObject({
  name: z.string().trim().min(1, 'Write the name.').max(80),
  email: z.email('Write an e-mail address.'),
  role: roleSchema,
});
/** PATCH /api/people/:id */
export const changePersonSchema = z.strictObject({ role: roleSchema });
/** The answer to an invitation: a one-time sign-in link to pass on. */
export const invitationSchema = z.object({ person: personSchema, link: z.string(), expiresAt: momentSchema });

export type Person = z.infer<typeof personSchema>;
export type InvitePerson = z.infer<typeof invitePersonSchema>;
export type ChangePerson = z.infer<typeof changePersonSchema>;
export type Invitation = z.infer<typeof invitationSchema>;
