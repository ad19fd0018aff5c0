import { queryOptions } from '@tanstack/react-query';
import { listNotices } from '../api/notices.ts';

export const NOTICES_KEY = ['notices'] as const;

/** The newest that flows told the team. */
export const noticesQuery = queryOptions({
  queryKey: [...NOTICES_KEY, 'newest'],
  queryFn: ({ signal }) => listNotices(20, signal),
});
