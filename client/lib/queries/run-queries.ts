import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getRun, listRuns, type RunsFilter } from '../api/runs.ts';

export const RUNS_KEY = ['runs'] as const;

/** Runs, newest first, more at a time. */
export const runsQuery = (filter: Omit<RunsFilter, 'before'>) =>
  infiniteQueryOptions({
    queryKey: [...RUNS_KEY, 'list', filter],
    queryFn: ({ pageParam, signal }) => listRuns({ ...filter, before: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });

export const runQuery = (id: string) =>
  queryOptions({ queryKey: [...RUNS_KEY, 'one', id], queryFn: ({ signal }) => getRun(id, signal) });
