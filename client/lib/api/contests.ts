import type { Page } from '#shared/api/common.ts';
import {
  type AddEntry,
  type ChangeContest,
  type Contest,
  type ContestDeed,
  type ContestEntry,
  type ContestsQuery,
  type ContestSummary,
  type ContestWinner,
  contestDeedSchema,
  contestSchema,
  contestsPageSchema,
  contestWinnerSchema,
  type EntriesQuery,
  entriesPageSchema,
  type ListEntries,
  type SaveContestInput,
} from '#shared/api/contests.ts';
import { z } from 'zod';
import { get, send, sendOnly } from './http.ts';

export type ContestsFilter = Partial<ContestsQuery>;

export type EntriesFilter = Partial<EntriesQuery>;

const at = (key: string) => `/api/contests/${key}`;

export const listContests = (filter: ContestsFilter, signal?: AbortSignal): Promise<Page<ContestSummary>> =>
  get('/api/contests', contestsPageSchema, { query: { ...filter }, signal });

export const getContest = (key: string, signal?: AbortSignal): Promise<Contest> =>
  get(at(key), contestSchema, { signal });

export const createContest = (input: SaveContestInput): Promise<void> =>
  sendOnly('POST', '/api/contests', input);

export const changeContest = (key: string, change: ChangeContest): Promise<void> =>
  sendOnly('PATCH', at(key), change);

export const closeContest = (key: string): Promise<void> => sendOnly('POST', `${at(key)}/close`, {});

export const removeContest = (key: string): Promise<void> => sendOnly('DELETE', at(key));

export const listDeeds = (key: string, signal?: AbortSignal): Promise<ContestDeed[]> =>
  get(`${at(key)}/deeds`, z.array(contestDeedSchema), { signal });

export const listEntries = (
  key: string,
  filter: EntriesFilter,
  signal?: AbortSignal,
): Promise<Page<ContestEntry>> =>
  get(`${at(key)}/entries`, entriesPageSchema, { query: { ...filter }, signal });

/** Enters somebody without a text. It gives no consent. */
export const addEntry = (key: string, entry: AddEntry): Promise<void> =>
  sendOnly('POST', `${at(key)}/entries`, entry);

/** Takes an entry out of the draws to come. */
export const leaveOutEntry = (key: string, contactId: string, because: string): Promise<void> =>
  sendOnly('POST', `${at(key)}/entries/${contactId}/leave-out`, { because });

export const takeBackEntry = (key: string, contactId: string): Promise<void> =>
  sendOnly('POST', `${at(key)}/entries/${contactId}/take-back`, {});

/** Fixes who takes part in the next draw, and answers its number. */
export const fixList = (key: string, input: ListEntries): Promise<{ number: number }> =>
  send('POST', `${at(key)}/draws`, input, z.object({ number: z.number().int() }));

export const withdrawList = (key: string, number: number): Promise<void> =>
  sendOnly('DELETE', `${at(key)}/draws/${number}`);

export const holdDraw = (key: string, number: number, publicValue: string): Promise<void> =>
  sendOnly('POST', `${at(key)}/draws/${number}/hold`, { publicValue });

export const listWinners = (key: string, number: number, signal?: AbortSignal): Promise<ContestWinner[]> =>
  get(`${at(key)}/draws/${number}/winners`, z.array(contestWinnerSchema), { signal });

/** Where a winner stands: which draw, and which place of its order. */
export interface WinnersPlace {
  key: string;
  number: number;
  place: number;
}

const placed = ({ key, number, place }: WinnersPlace) => `${at(key)}/draws/${number}/winners/${place}`;

/** Puts the next of the order in a winner's place; answers null where nobody is left. */
export const replaceWinner = (of: WinnersPlace, because: string): Promise<{ place: number | null }> =>
  send('POST', `${placed(of)}/replace`, { because }, z.object({ place: z.number().int().nullable() }));

export const claimPrize = (of: WinnersPlace, claimed: boolean): Promise<void> =>
  sendOnly('POST', `${placed(of)}/claim`, { claimed });
