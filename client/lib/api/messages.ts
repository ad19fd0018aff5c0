import type { Stream } from '#shared/api/common.ts';
import {
  type Message,
  type MessageDetail,
  messageDetailSchema,
  type MessagesQuery,
  messagesStreamSchema,
  type Replay,
  type Replayed,
  replayedSchema,
} from '#shared/api/messages.ts';
import { get, send, sendOnly } from './http.ts';

/** What the list of messages can be asked for; `before` is the cursor of the page before. */
export type MessagesFilter = Partial<MessagesQuery>;

export const listMessages = (filter: MessagesFilter, signal?: AbortSignal): Promise<Stream<Message>> =>
  get('/api/messages', messagesStreamSchema, { query: { ...filter }, signal });

export const getMessage = (id: string, signal?: AbortSignal): Promise<MessageDetail> =>
  get(`/api/messages/${id}`, messageDetailSchema, { signal });

/** Decides a set-aside text again, or sends a failed one again. */
export const replayMessage = (id: string): Promise<void> =>
  sendOnly('POST', `/api/messages/${id}/replay`, {});

/** The same for all that a filter shows. */
export const replayMessages = (filter: Replay): Promise<Replayed> =>
  send('POST', '/api/messages/replay', filter, replayedSchema);
