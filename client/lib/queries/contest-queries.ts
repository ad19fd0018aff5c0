import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type ContestsFilter,
  type EntriesFilter,
  getContest,
  listContests,
  listDeeds,
  listEntries,
  listWinners,
} from '../api/contests.ts';

/** Everything about contests; the server says when it has changed. */
export const CONTESTS_KEY = ['contests'] as const;

export const contestsQuery = (filter: ContestsFilter) =>
  queryOptions({
    queryKey: [...CONTESTS_KEY, 'list', filter],
    queryFn: ({ signal }) => listContests(filter, signal),
    placeholderData: keepPreviousData,
  });

export const contestQuery = (key: string) =>
  queryOptions({
    queryKey: [...CONTESTS_KEY, 'one', key],
    queryFn: ({ signal }) => getContest(key, signal),
    // How far its list is, is told as it goes on; a page that is told nothing looks for itself.
    refetchInterval: ({ state }) => (state.data?.listing ? 2_000 : false),
  });

export const entriesQuery = (key: string, filter: EntriesFilter) =>
  queryOptions({
    queryKey: [...CONTESTS_KEY, 'one', key, 'entries', filter],
    queryFn: ({ signal }) => listEntries(key, filter, signal),
    placeholderData: keepPreviousData,
  });

export const deedsQuery = (key: string) =>
  queryOptions({
    queryKey: [...CONTESTS_KEY, 'one', key, 'deeds'],
    queryFn: ({ signal }) => listDeeds(key, signal),
  });

export const winnersQuery = (key: string, number: number) =>
  queryOptions({
    queryKey: [...CONTESTS_KEY, 'one', key, 'winners', number],
    queryFn: ({ signal }) => listWinners(key, number, signal),
  });
