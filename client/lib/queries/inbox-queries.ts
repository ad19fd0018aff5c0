import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { countInbox, type InboxFilter, listInbox } from '../api/inbox.ts';

export const INBOX_KEY = ['inbox'] as const;

/** One page of texts that may be a STOP. */
export const inboxQuery = (filter: InboxFilter) =>
  queryOptions({
    queryKey: [...INBOX_KEY, 'list', filter],
    queryFn: ({ signal }) => listInbox(filter, signal),
    placeholderData: keepPreviousData,
  });

/** How many of them wait to be read. */
export const inboxOpenQuery = queryOptions({
  queryKey: [...INBOX_KEY, 'open'],
  queryFn: ({ signal }) => countInbox(signal),
});
