import type { StreamableFile } from '@nestjs/common';
import type { Message } from '#shared/api/messages.ts';
import { type Cell, csvFile } from '../common/csv.ts';

const HEAD = [
  'time',
  'direction',
  'phone',
  'name',
  'sender',
  'text',
  'segments',
  'status',
  'reason',
  'flow',
  'id',
];

/** Texts as a file for spreadsheets. */
export const messagesFile = (messages: AsyncIterable<Message>): Promise<StreamableFile> =>
  csvFile('messages', HEAD, rows(messages));

async function* rows(messages: AsyncIterable<Message>): AsyncGenerator<Cell[]> {
  for await (const {
    at,
    direction,
    contact,
    other,
    sender,
    text,
    segments,
    status,
    reason,
    flow,
    id,
  } of messages) {
    const phone = contact?.phone ?? other;
    yield [at, direction, phone, contact?.name, sender, text, segments, status, reason, flow?.name, id];
  }
}
