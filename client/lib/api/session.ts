import { type OwnPerson, type Session, type SignIn, sessionSchema } from '#shared/api/session.ts';
import { get, sendOnly } from './http.ts';

/** Who is signed in, and where. Refused with 401 when nobody is. */
export const getSession = (signal?: AbortSignal): Promise<Session> =>
  get('/api/session', sessionSchema, { signal });

/** Signs in with a one-time link or a password; the session is a cookie. */
export const signIn = (input: SignIn): Promise<void> => sendOnly('POST', '/api/session', input);

export const signOut = (): Promise<void> => sendOnly('DELETE', '/api/session');

/** Changes one's own name, e-mail or password. */
export const changeOwnPerson = (input: OwnPerson): Promise<void> =>
  sendOnly('PATCH', '/api/session/person', input);
