import { type ContactList, listSchema, type SaveContactList } from '#shared/api/lists.ts';
import { z } from 'zod';
import { get, sendOnly } from './http.ts';

export const listLists = (signal?: AbortSignal): Promise<ContactList[]> =>
  get('/api/lists', z.array(listSchema), { signal });
export const createList = (input: SaveContactList): Promise<void> => sendOnly('POST', '/api/lists', input);
export const changeList = (key: string, input: SaveContactList): Promise<void> =>
  sendOnly('PATCH', `/api/lists/${key}`, input);
