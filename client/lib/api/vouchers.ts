import type { Page } from '#shared/api/common.ts';
import {
  type ChangePool,
  type CodesAdded,
  type CodesQuery,
  codesAddedSchema,
  codesPageSchema,
  type GenerateCodesInput,
  type Pool,
  type PoolsQuery,
  type PoolSummary,
  poolSchema,
  poolsPageSchema,
  type Redeemed,
  type RedeemCode,
  redeemedSchema,
  type SavePoolInput,
  type VoucherCode,
} from '#shared/api/vouchers.ts';
import { get, send, sendOnly } from './http.ts';

export type PoolsFilter = Partial<PoolsQuery>;

export type CodesFilter = Partial<CodesQuery>;

const at = (key: string) => `/api/vouchers/${key}`;

export const listPools = (filter: PoolsFilter, signal?: AbortSignal): Promise<Page<PoolSummary>> =>
  get('/api/vouchers', poolsPageSchema, { query: { ...filter }, signal });

export const getPool = (key: string, signal?: AbortSignal): Promise<Pool> =>
  get(at(key), poolSchema, { signal });

export const createPool = (input: SavePoolInput): Promise<void> => sendOnly('POST', '/api/vouchers', input);

/** Changes a pool, closes it or opens it again. */
export const changePool = (key: string, change: ChangePool): Promise<void> =>
  sendOnly('PATCH', at(key), change);

export const removePool = (key: string): Promise<void> => sendOnly('DELETE', at(key));

export const listCodes = (
  key: string,
  filter: CodesFilter,
  signal?: AbortSignal,
): Promise<Page<VoucherCode>> => get(`${at(key)}/codes`, codesPageSchema, { query: { ...filter }, signal });

/** Adds the codes of a text, one a line or CSV: all of them or none. */
export const loadCodes = (key: string, text: string): Promise<CodesAdded> =>
  send('POST', `${at(key)}/codes`, { text }, codesAddedSchema);

export const generateCodes = (key: string, input: GenerateCodesInput): Promise<CodesAdded> =>
  send('POST', `${at(key)}/generate`, input, codesAddedSchema);

/** Says that a code was used. A second time says since when, and changes nothing. */
export const redeemCode = (key: string, input: RedeemCode): Promise<Redeemed> =>
  send('POST', `${at(key)}/redeem`, input, redeemedSchema);
