import { type SaveSender, type Sender, senderSchema } from '#shared/api/senders.ts';
import { z } from 'zod';
import { get, sendOnly } from './http.ts';

export const listSenders = (signal?: AbortSignal): Promise<Sender[]> =>
  get('/api/senders', z.array(senderSchema), { signal });
export const createSender = (input: SaveSender): Promise<void> => sendOnly('POST', '/api/senders', input);
export const changeSender = (id: string, input: SaveSender): Promise<void> =>
  sendOnly('PATCH', `/api/senders/${id}`, input);
export const deleteSender = (id: string): Promise<void> => sendOnly('DELETE', `/api/senders/${id}`);
