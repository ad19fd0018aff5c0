import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type CodesFilter,
  getPool,
  listCodes,
  listLoads,
  listPools,
  type PoolsFilter,
} from '../api/vouchers.ts';

/** Everything about vouchers; the server says when it has changed. */
export const VOUCHERS_KEY = ['vouchers'] as const;

/** So many pools can be chosen from; the newest come first. */
const MOST_CHOICES = 100;

export const poolsQuery = (filter: PoolsFilter) =>
  queryOptions({
    queryKey: [...VOUCHERS_KEY, 'list', filter],
    queryFn: ({ signal }) => listPools(filter, signal),
    placeholderData: keepPreviousData,
  });

/** The pools that a step may give codes of, all or those that are called something like `search`. */
export const poolChoicesQuery = (search?: string) =>
  queryOptions({
    queryKey: [...VOUCHERS_KEY, 'choices', search ?? ''],
    queryFn: ({ signal }) => listPools({ search, size: MOST_CHOICES }, signal),
  });

export const poolQuery = (key: string) =>
  queryOptions({
    queryKey: [...VOUCHERS_KEY, 'one', key],
    queryFn: ({ signal }) => getPool(key, signal),
  });

/** What is being loaded or made, looked at again and again while there is something. */
export const loadsQuery = (key: string) =>
  queryOptions({
    queryKey: [...VOUCHERS_KEY, 'one', key, 'loads'],
    queryFn: ({ signal }) => listLoads(key, signal),
    refetchInterval: ({ state }) => (state.data?.length ? LOADS_EVERY_MS : false),
  });
export const LOADS_EVERY_MS = 700;

/** Codes of a pool, those given last first, more at a time. */
export const codesQuery = (key: string, filter: Omit<CodesFilter, 'before'>) =>
  infiniteQueryOptions({
    queryKey: [...VOUCHERS_KEY, 'one', key, 'codes', filter],
    queryFn: ({ pageParam, signal }) => listCodes(key, { ...filter, before: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
