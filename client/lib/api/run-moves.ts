import { z } from 'zod';
import { type Created, createdSchema } from '#shared/api/common.ts';
import {
  type MoveRehearsal,
  type MoveRuns,
  moveRehearsalSchema,
  type RunMove,
  runMoveSchema,
} from '#shared/api/run-moves.ts';
import { get, send, sendOnly } from './http.ts';

const path = (flowId: string): string => `/api/flows/${flowId}/moves`;

export const listMoves = (flowId: string, signal?: AbortSignal): Promise<RunMove[]> =>
  get(path(flowId), z.array(runMoveSchema), { signal });

/** What would become of those who wait on one version, if they went on with another. */
export const rehearseMove = (
  flowId: string,
  from: number,
  to: number,
  signal?: AbortSignal,
): Promise<MoveRehearsal> =>
  get(`${path(flowId)}/rehearsal`, moveRehearsalSchema, { query: { from, to }, signal });

export const moveRuns = (flowId: string, move: MoveRuns): Promise<Created> =>
  send('POST', path(flowId), move, createdSchema);

export const changeMove = (flowId: string, id: string, act: 'pause' | 'resume' | 'undo'): Promise<void> =>
  sendOnly('POST', `${path(flowId)}/${id}/${act}`, {});
