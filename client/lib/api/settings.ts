import {
  type ChangePerson,
  type ContactList,
  type Gateway,
  gatewaySchema,
  type Invitation,
  type InvitePerson,
  invitationSchema,
  type Keyword,
  keywordSchema,
  listSchema,
  type Person,
  type Program,
  personSchema,
  programSchema,
  type SaveContactList,
  type SaveGateway,
  type SaveProgram,
  type SaveSender,
  type Sender,
  type SendingSwitch,
  senderSchema,
  sendingSwitchSchema,
  type Workspace,
} from '#shared/api/settings.ts';
import { z } from 'zod';
import { get, send, sendOnly } from './http.ts';

export const listPrograms = (signal?: AbortSignal): Promise<Program[]> =>
  get('/api/programs', z.array(programSchema), { signal });
export const createProgram = (input: SaveProgram): Promise<void> => sendOnly('POST', '/api/programs', input);
export const changeProgram = (id: string, input: SaveProgram): Promise<void> =>
  sendOnly('PATCH', `/api/programs/${id}`, input);

export const listGateways = (signal?: AbortSignal): Promise<Gateway[]> =>
  get('/api/gateways', z.array(gatewaySchema), { signal });
export const createGateway = (input: SaveGateway): Promise<void> => sendOnly('POST', '/api/gateways', input);
export const changeGateway = (id: string, input: SaveGateway): Promise<void> =>
  sendOnly('PATCH', `/api/gateways/${id}`, input);

export const listSenders = (signal?: AbortSignal): Promise<Sender[]> =>
  get('/api/senders', z.array(senderSchema), { signal });
export const createSender = (input: SaveSender): Promise<void> => sendOnly('POST', '/api/senders', input);
export const changeSender = (id: string, input: SaveSender): Promise<void> =>
  sendOnly('PATCH', `/api/senders/${id}`, input);
export const deleteSender = (id: string): Promise<void> => sendOnly('DELETE', `/api/senders/${id}`);

export const listLists = (signal?: AbortSignal): Promise<ContactList[]> =>
  get('/api/lists', z.array(listSchema), { signal });
export const createList = (input: SaveContactList): Promise<void> => sendOnly('POST', '/api/lists', input);
export const changeList = (key: string, input: SaveContactList): Promise<void> =>
  sendOnly('PATCH', `/api/lists/${key}`, input);

/** The keywords people can text now. */
export const listKeywords = (signal?: AbortSignal): Promise<Keyword[]> =>
  get('/api/keywords', z.array(keywordSchema), { signal });

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

export const changeWorkspace = (input: Workspace): Promise<void> =>
  sendOnly('PATCH', '/api/workspace', input);
/** Who stopped all sending and started it again, the latest first. */
export const listSwitches = (signal?: AbortSignal): Promise<SendingSwitch[]> =>
  get('/api/sending', z.array(sendingSwitchSchema), { signal });
/** Stops all sending at once, or starts it again. */
export const setSending = (stopped: boolean): Promise<void> => sendOnly('POST', '/api/sending', { stopped });
