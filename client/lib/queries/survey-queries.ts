import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getSurvey, listSurveys } from '../api/surveys.ts';

const SURVEYS_KEY = ['surveys'] as const;

export const surveysQuery = queryOptions({
  queryKey: [...SURVEYS_KEY, 'list'],
  queryFn: ({ signal }) => listSurveys(signal),
});

/** One score by the versions of a test; the figures of the test before stay while the next ones come. */
export const surveyQuery = (flowId: string, answer: string, by?: string) =>
  queryOptions({
    queryKey: [...SURVEYS_KEY, 'one', flowId, answer, by ?? null],
    queryFn: ({ signal }) => getSurvey(flowId, answer, by, signal),
    placeholderData: keepPreviousData,
  });
