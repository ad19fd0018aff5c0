import { hash, verify } from '@node-rs/argon2';

/** A password as it is stored: Argon2id with the library's parameters, which are OWASP's. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** Whether the password fits. Takes as long for somebody who has none, so that answers tell nobody who is known here. */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  standIn ??= hash('nobody has this password');
  const fits = await verify(stored ?? (await standIn), password);
  return fits && stored !== null;
}

let standIn: Promise<string> | undefined;
