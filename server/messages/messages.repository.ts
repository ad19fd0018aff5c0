import { Injectable } from '@nestjs/common';
import type { Message, MessageDetail, MessagesQuery } from '#shared/api/messages.ts';
import { bind } from '../database/bind.ts';
import { inGoodTime, type TooWide } from '../database/in-good-time.ts';
import { searched } from '../database/search-text.ts';
import { Transactions } from '../database/transactions.ts';
import {
  type MessageRow,
  SELECT_INBOUND,
  SELECT_OUTBOUND,
  toMessage,
  UNMATCHED_SQL,
} from './message-rows.ts';

/** What the list of messages asks for; the newest come first. */
export type MessagesFilter = Omit<MessagesQuery, 'size'>;

const INBOUND_STATES: readonly string[] = ['decided', 'pending', 'set-aside', 'unmatched'];
const TOO_WIDE: TooWide = {
  code: 'messages.search-too-wide',
  message: 'There are too many texts to find these in time. Choose a contact as well.',
};

interface ReceiptRow {
  status: MessageDetail['receipts'][number]['status'];
  detail: string | null;
  at: Date | null;
  received_at: Date;
}

/** Reads texts in and out as one stream. */
@Injectable()
export class MessagesRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Texts in and out in one stream, newest first, `size` at most. */
  async newest(workspaceId: string, filter: MessagesFilter, size: number): Promise<Message[]> {
    const values: unknown[] = [workspaceId, size];
    const sides = [inboundSide(filter, values), outboundSide(filter, values)].filter((side) => side !== null);
    if (sides.length === 0) return [];
    const sql = `select * from (${sides.join(' union all ')}) m order by id desc limit $2`;
    const tooWide = needsReading(filter) ? TOO_WIDE : null;
    return (await inGoodTime<MessageRow>(this.transactions, sql, values, tooWide)).map(toMessage);
  }

  /** These texts, newest first. */
  async byIds(workspaceId: string, ids: readonly string[]): Promise<Message[]> {
    if (ids.length === 0) return [];
    const rows = await this.rows(
      `(${SELECT_INBOUND} where i.workspace_id = $1 and i.id = any($2::uuid[]))
       union all (${SELECT_OUTBOUND} where o.workspace_id = $1 and o.id = any($2::uuid[])) order by id desc`,
      [workspaceId, [...ids]],
    );
    return rows.map(toMessage);
  }

  /** What was sent because of an inbound text, oldest first. */
  async repliesTo(workspaceId: string, contactId: string, inboundId: string): Promise<Message[]> {
    const rows = await this.rows(
      `${SELECT_OUTBOUND} where o.workspace_id = $1 and o.contact_id = $2 and o.cause_id = $3 order by o.id`,
      [workspaceId, contactId, inboundId],
    );
    return rows.map(toMessage);
  }

  /** What only the page of one message shows. */
  async more(
    workspaceId: string,
    id: string,
  ): Promise<{
    gatewayMessageId: string | null;
    causeId: string | null;
    route: Record<string, unknown> | null;
    /** Whether the number was known before the text. */
    known: boolean;
  } | null> {
    const [row] = await this.transactions.manager.query(
      `select i.gateway_message_id as "gatewayMessageId", null::uuid as "causeId", i.route,
           coalesce(c.created_at < i.received_at, false) as known
         from inbound i left join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
         where i.workspace_id = $1 and i.id = $2
       union all select gateway_message_id, cause_id, null, true from outbound where workspace_id = $1 and id = $2`,
      [workspaceId, id],
    );
    return row ?? null;
  }

  /** Where an outbound text stands: its place in the queue, and what was reported of it. */
  async wayOf(workspaceId: string, id: string): Promise<Pick<MessageDetail, 'queue' | 'receipts'>> {
    const { manager } = this.transactions;
    const [queued]: { attempts: number; due_at: Date }[] = await manager.query(
      `select o.attempts, o.due_at from outbound m
         join outbox o on o.workspace_id = m.workspace_id and o.contact_id = m.contact_id and o.message_id = m.id
       where m.workspace_id = $1 and m.id = $2`,
      [workspaceId, id],
    );
    const receipts: ReceiptRow[] = await manager.query(
      `select status, detail, at, received_at from receipts where workspace_id = $1 and message_id = $2 order by received_at, status`,
      [workspaceId, id],
    );
    return {
      queue: queued ? { attempts: queued.attempts, dueAt: queued.due_at.toISOString() } : null,
      receipts: receipts.map(({ status, detail, at, received_at: receivedAt }) => ({
        status,
        detail,
        at: at?.toISOString() ?? null,
        receivedAt: receivedAt.toISOString(),
      })),
    };
  }

  private rows(sql: string, values: unknown[]): Promise<MessageRow[]> {
    return this.transactions.manager.query(sql, values);
  }
}

/** Whether texts have to be read one after the other to know which of them are asked for. */
const needsReading = ({ search, flow, status }: MessagesFilter): boolean => Boolean(search || flow || status);

function inboundSide(filter: MessagesFilter, values: unknown[]): string | null {
  if (filter.direction === 'out' || (filter.status && !INBOUND_STATES.includes(filter.status))) return null;
  const where = conditions(filter, values, 'i', ['i.text', 'i.from_address']);
  if (filter.flow) where.push(`i.route->>'flowId' = ${bind(values, filter.flow)}`);
  return `(${SELECT_INBOUND} where ${where.join(' and ')} order by i.id desc limit $2)`;
}

function outboundSide(filter: MessagesFilter, values: unknown[]): string | null {
  if (filter.direction === 'in' || (filter.status && INBOUND_STATES.includes(filter.status))) return null;
  const where = conditions(filter, values, 'o', ['o.text', 'c.phone']);
  if (filter.flow) where.push(`r.flow_id = ${bind(values, filter.flow)}::uuid`);
  return `(${SELECT_OUTBOUND} where ${where.join(' and ')} order by o.id desc limit $2)`;
}

function conditions(
  filter: MessagesFilter,
  values: unknown[],
  row: string,
  [text, phone]: [string, string],
): string[] {
  const where = [`${row}.workspace_id = $1`];
  if (filter.before) where.push(`${row}.id < ${bind(values, filter.before)}::uuid`);
  if (filter.contact) where.push(`${row}.contact_id = ${bind(values, filter.contact)}::uuid`);
  if (filter.status === 'unmatched') where.push(UNMATCHED_SQL);
  else if (filter.status) where.push(`${row}.status = ${bind(values, filter.status)}`);
  if (filter.search) where.push(searched(filter.search, { words: [text], phone }, values));
  return where;
}
