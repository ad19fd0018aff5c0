import type { INestApplicationContext } from '@nestjs/common';
import { PeopleRepository } from '../accounts/people.repository.ts';
import { LINK_LASTS, SignInLinks } from '../accounts/sign-in-links.service.ts';

/** `sign-in-link [e-mail]`: for the owner, or for whom the address is of. */
export async function signInLink(
  app: INestApplicationContext,
  base: string,
  email: string | undefined,
): Promise<string> {
  const people = app.get(PeopleRepository);
  const person = email === undefined ? await people.firstOwner() : await people.findByEmail(email);
  if (!person)
    throw new Error(email ? `Nobody here has the e-mail address ${email}.` : 'There is no owner yet.');
  const { path } = await app.get(SignInLinks).issue(person, LINK_LASTS.handed);
  return `Sign in within 15 minutes, once, with: ${base}${path}`;
}
