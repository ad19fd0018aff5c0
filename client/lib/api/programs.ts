import { type Program, programSchema, type SaveProgram } from '#shared/api/programs.ts';
import { z } from 'zod';
import { get, sendOnly } from './http.ts';

export const listPrograms = (signal?: AbortSignal): Promise<Program[]> =>
  get('/api/programs', z.array(programSchema), { signal });
export const createProgram = (input: SaveProgram): Promise<void> => sendOnly('POST', '/api/programs', input);
export const changeProgram = (id: string, input: SaveProgram): Promise<void> =>
  sendOnly('PATCH', `/api/programs/${id}`, input);
