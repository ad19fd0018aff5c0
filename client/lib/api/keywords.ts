import {
  type Keyword,
  keywordSchema,
  type WordQuery,
  type WordStanding,
  wordStandingSchema,
} from '#shared/api/keywords.ts';
import { z } from 'zod';
import { get } from './http.ts';

/** The keywords people can text now. */
export const listKeywords = (signal?: AbortSignal): Promise<Keyword[]> =>
  get('/api/keywords', z.array(keywordSchema), { signal });

/** How a word stands as the start of a flow. */
export const getWordStanding = (query: WordQuery, signal?: AbortSignal): Promise<WordStanding> =>
  get('/api/keywords/standing', wordStandingSchema, { query, signal });
