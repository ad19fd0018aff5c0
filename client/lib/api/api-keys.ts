import { z } from 'zod';
import {
  type ApiKey,
  apiKeySchema,
  type MadeApiKey,
  type MakeApiKey,
  madeApiKeySchema,
} from '#shared/api/api-keys.ts';
import { get, send, sendOnly } from './http.ts';

export const listApiKeys = (signal?: AbortSignal): Promise<ApiKey[]> =>
  get('/api/api-keys', z.array(apiKeySchema), { signal });

export const makeApiKey = (input: MakeApiKey): Promise<MadeApiKey> =>
  send('POST', '/api/api-keys', input, madeApiKeySchema);

export const removeApiKey = (id: string): Promise<void> => sendOnly('DELETE', `/api/api-keys/${id}`);
