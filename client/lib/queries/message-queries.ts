import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getMessage, listMessages, type MessagesFilter } from '../api/messages.ts';

export const MESSAGES_KEY = ['messages'] as const;

/** Messages, newest first, more at a time as one goes down the list. */
export const messagesQuery = (filter: Omit<MessagesFilter, 'before'>) =>
  infiniteQueryOptions({
    queryKey: [...MESSAGES_KEY, 'list', filter],
    queryFn: ({ pageParam, signal }) => listMessages({ ...filter, before: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });

export const messageQuery = (id: string) =>
  queryOptions({ queryKey: [...MESSAGES_KEY, 'one', id], queryFn: ({ signal }) => getMessage(id, signal) });
