import type { Page, Stream } from '#shared/api/common.ts';
import {
  type ChangePool,
  type CodesAdded,
  type CodesLoad,
  type CodesQuery,
  codesAddedSchema,
  codesLoadsSchema,
  codesStreamSchema,
  type GenerateCodesInput,
  type LoadCodes,
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
import { downloadFrom } from '../download.ts';
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
): Promise<Stream<VoucherCode>> =>
  get(`${at(key)}/codes`, codesStreamSchema, { query: { ...filter }, signal });

/** Adds the codes of a text, one a line or CSV: all of them or none. */
export const loadCodes = (key: string, input: LoadCodes, signal?: AbortSignal): Promise<CodesAdded> =>
  send('POST', `${at(key)}/codes`, input, codesAddedSchema, signal);

export const generateCodes = (
  key: string,
  input: GenerateCodesInput,
  signal?: AbortSignal,
): Promise<CodesAdded> => send('POST', `${at(key)}/generate`, input, codesAddedSchema, signal);

/** What is being loaded or made at this moment. */
export const listLoads = (key: string, signal?: AbortSignal): Promise<CodesLoad[]> =>
  get(`${at(key)}/loads`, codesLoadsSchema, { signal });

/** None of these codes comes into the pool. */
export const stopLoad = (key: string, id: string): Promise<void> =>
  sendOnly('DELETE', `${at(key)}/loads/${id}`);

/** Hands every line that cannot be taken over as a file. */
export const downloadWrongLines = (key: string, text: string): Promise<void> =>
  downloadFrom(`${at(key)}/codes/wrong.csv`, `${key}-wrong-lines.csv`, { text });

/** Says that a code was used. A second time says since when, and changes nothing. */
export const redeemCode = (key: string, input: RedeemCode): Promise<Redeemed> =>
  send('POST', `${at(key)}/redeem`, input, redeemedSchema);
