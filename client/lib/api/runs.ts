import type { Stream } from '#shared/api/common.ts';
import {
  type RunDetail,
  type RunsQuery,
  type RunSummary,
  runSchema,
  runsStreamSchema,
} from '#shared/api/runs.ts';
import { get, sendOnly } from './http.ts';

/** What the list of runs can be asked for. */
export type RunsFilter = Partial<RunsQuery>;

export const listRuns = (filter: RunsFilter, signal?: AbortSignal): Promise<Stream<RunSummary>> =>
  get('/api/runs', runsStreamSchema, { query: { ...filter }, signal });

export const getRun = (id: string, signal?: AbortSignal): Promise<RunDetail> =>
  get(`/api/runs/${id}`, runSchema, { signal });

/** Ends a run that still waits. */
export const cancelRun = (id: string): Promise<void> => sendOnly('POST', `/api/runs/${id}/cancel`, {});
