import {
  type Experiment,
  type ExperimentSummary,
  experimentSchema,
  experimentSummarySchema,
} from '#shared/api/experiments.ts';
import { z } from 'zod';
import { get } from './http.ts';

export const listExperiments = (signal?: AbortSignal): Promise<ExperimentSummary[]> =>
  get('/api/experiments', z.array(experimentSummarySchema), { signal });

/** One experiment, measured by `goal` or by its first goal. */
export const getExperiment = (key: string, goal?: string, signal?: AbortSignal): Promise<Experiment> =>
  get(`/api/experiments/${key}`, experimentSchema, { query: { goal }, signal });
