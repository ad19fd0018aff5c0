import { type Survey, type SurveySummary, surveySchema, surveySummarySchema } from '#shared/api/surveys.ts';
import { z } from 'zod';
import { get } from './http.ts';

export const listSurveys = (signal?: AbortSignal): Promise<SurveySummary[]> =>
  get('/api/surveys', z.array(surveySummarySchema), { signal });

/** One score, told apart by the versions of the test `by` or of the first one of its flow. */
export const getSurvey = (
  flowId: string,
  answer: string,
  by?: string,
  signal?: AbortSignal,
): Promise<Survey> => get(`/api/surveys/${flowId}/${answer}`, surveySchema, { query: { by }, signal });
