import type { Workspace } from '#shared/api/workspace.ts';
import { sendOnly } from './http.ts';

export const changeWorkspace = (input: Workspace): Promise<void> =>
  sendOnly('PATCH', '/api/workspace', input);
