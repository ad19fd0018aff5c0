import type { Page } from '#shared/api/common.ts';
import {
  type DecideReview,
  inboxOpenSchema,
  inboxPageSchema,
  type InboxQuery,
  type Review,
} from '#shared/api/inbox.ts';
import { get, sendOnly } from './http.ts';

/** What the inbox can be asked for. */
export type InboxFilter = Partial<InboxQuery>;

export const listInbox = (filter: InboxFilter, signal?: AbortSignal): Promise<Page<Review>> =>
  get('/api/inbox', inboxPageSchema, { query: { ...filter }, signal });

export const countInbox = (signal?: AbortSignal): Promise<{ open: number }> =>
  get('/api/inbox/open', inboxOpenSchema, { signal });

export const decideReview = (id: string, decision: DecideReview['decision']): Promise<void> =>
  sendOnly('PUT', `/api/inbox/${id}/decision`, { decision });

/** Takes a decision back: the text waits to be read again. */
export const undoReview = (id: string): Promise<void> => sendOnly('DELETE', `/api/inbox/${id}/decision`);
