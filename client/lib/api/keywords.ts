import { type Keyword, keywordSchema, type WordStanding, wordStandingSchema } from '#shared/api/keywords.ts';
import { z } from 'zod';
import { get } from './http.ts';

/** The keywords people can text now. */
export const listKeywords = (signal?: AbortSignal): Promise<Keyword[]> =>
  get('/api/keywords', z.array(keywordSchema), { signal });

/** How a word stands as the start of a new flow. */
export const getWordStanding = (word: string, signal?: AbortSignal): Promise<WordStanding> =>
  get('/api/keywords/standing', wordStandingSchema, { query: { word }, signal });
