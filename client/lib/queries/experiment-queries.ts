import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getExperiment, listExperiments } from '../api/experiments.ts';

export const EXPERIMENTS_KEY = ['experiments'] as const;

export const experimentsQuery = queryOptions({
  queryKey: [...EXPERIMENTS_KEY, 'list'],
  queryFn: ({ signal }) => listExperiments(signal),
});

/** One experiment by a goal; the figures of the goal before stay while the next ones come. */
export const experimentQuery = (key: string, goal?: string) =>
  queryOptions({
    queryKey: [...EXPERIMENTS_KEY, 'one', key, goal ?? null],
    queryFn: ({ signal }) => getExperiment(key, goal, signal),
    placeholderData: keepPreviousData,
  });
