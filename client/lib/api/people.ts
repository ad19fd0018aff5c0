import {
  type ChangePerson,
  type Invitation,
  invitationSchema,
  type InvitePerson,
  type Person,
  personSchema,
} from '#shared/api/people.ts';
import { z } from 'zod';
import { get, send, sendOnly } from './http.ts';

export const listPeople = (signal?: AbortSignal): Promise<Person[]> =>
  get('/api/people', z.array(personSchema), { signal });
/** Invites somebody; the one-time link is shown once. */
export const invitePerson = (input: InvitePerson): Promise<Invitation> =>
  send('POST', '/api/people', input, invitationSchema);
/** A new one-time link for somebody who lost theirs. */
export const inviteAgain = (id: string): Promise<Invitation> =>
  send('POST', `/api/people/${id}/link`, {}, invitationSchema);
export const changePerson = (id: string, input: ChangePerson): Promise<void> =>
  sendOnly('PATCH', `/api/people/${id}`, input);
export const removePerson = (id: string): Promise<void> => sendOnly('DELETE', `/api/people/${id}`);
