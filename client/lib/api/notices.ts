import type { Stream } from '#shared/api/common.ts';
import { type Notice, noticesStreamSchema } from '#shared/api/notices.ts';
import { get } from './http.ts';

export const listNotices = (size: number, signal?: AbortSignal): Promise<Stream<Notice>> =>
  get('/api/notices', noticesStreamSchema, { query: { size }, signal });
