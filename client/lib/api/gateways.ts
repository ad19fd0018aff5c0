import { type Gateway, gatewaySchema, type SaveGateway } from '#shared/api/gateways.ts';
import { z } from 'zod';
import { get, sendOnly } from './http.ts';

export const listGateways = (signal?: AbortSignal): Promise<Gateway[]> =>
  get('/api/gateways', z.array(gatewaySchema), { signal });
export const createGateway = (input: SaveGateway): Promise<void> => sendOnly('POST', '/api/gateways', input);
export const changeGateway = (id: string, input: SaveGateway): Promise<void> =>
  sendOnly('PATCH', `/api/gateways/${id}`, input);
