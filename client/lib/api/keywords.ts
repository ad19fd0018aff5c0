import { type Keyword, keywordSchema } from '#shared/api/keywords.ts';
import { z } from 'zod';
import { get } from './http.ts';

/** The keywords people can text now. */
export const listKeywords = (signal?: AbortSignal): Promise<Keyword[]> =>
  get('/api/keywords', z.array(keywordSchema), { signal });
