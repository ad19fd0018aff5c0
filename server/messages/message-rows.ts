import type { Message } from '#shared/api/messages.ts';
import { segmentCount } from '#shared/sms/segments.ts';
import { contactNameSql } from '../database/contact-name.ts';
import { ERASED_INBOUND_SQL, erasedAtSql } from '../database/erased.ts';

/** A text in or out, as the queries below select it. */
export interface MessageRow {
  id: string;
  direction: 'in' | 'out';
  contact_id: string | null;
  phone: string | null;
  name: string | null;
  sender: string | null;
  other: string | null;
  text: string;
  segments: number | null;
  status: Message['status'];
  reason: string | null;
  flow_id: string | null;
  flow_name: string | null;
  at: Date;
  unmatched: boolean;
  erased: boolean;
  erased_at: Date | null;
}

/** That nothing was there for an inbound text `i`: no keyword, no open question, no flow for everything else. */
export const UNMATCHED_SQL = "i.route->>'by' = 'unmatched' and i.route->>'flowId' is null";

/** Inbound texts as MessageRow; `i` is the row, `c` its contact, `f` the flow that took it. */
export const SELECT_INBOUND = `select i.id, 'in' as direction, c.id as contact_id, c.phone, ${contactNameSql('c.fields')} as name,
    i.to_address as sender, i.from_address as other, i.text, null::smallint as segments, i.status, i.reason,
    f.id as flow_id, f.name as flow_name, i.received_at as at,
    coalesce(${UNMATCHED_SQL}, false) as unmatched, ${ERASED_INBOUND_SQL} as erased, ${erasedAtSql('i.received_at')} as erased_at
  from inbound i
    left join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    left join flows f on f.workspace_id = i.workspace_id and f.id = (i.route->>'flowId')::uuid`;

/** Outbound texts as MessageRow; `o` is the row, `c` its contact, `r` the run it belongs to, `f` that run's flow. */
export const SELECT_OUTBOUND = `select o.id, 'out' as direction, c.id as contact_id, c.phone, ${contactNameSql('c.fields')} as name,
    s.address as sender, c.phone as other, o.text, o.segments, o.status, o.reason,
    f.id as flow_id, f.name as flow_name, o.created_at as at, false as unmatched,
    o.text = '' as erased, ${erasedAtSql('o.created_at')} as erased_at
  from outbound o
    left join contacts c on c.workspace_id = o.workspace_id and c.id = o.contact_id
    left join senders s on s.id = o.sender_id
    left join runs r on r.workspace_id = o.workspace_id and r.id = o.run_id
    left join flows f on f.id = r.flow_id`;

/** A row as the API tells it. */
export function toMessage(row: MessageRow): Message {
  const { id, direction, text, status, reason, unmatched } = row;
  return {
    id,
    direction,
    contact:
      row.contact_id !== null && row.phone !== null
        ? { id: row.contact_id, phone: row.phone, name: row.name }
        : null,
    sender: row.sender ?? 'a sender that was removed',
    other: row.other ?? '',
    text,
    segments: row.segments ?? segmentCount(text),
    status,
    reason,
    unmatched,
    erased: row.erased ? { at: row.erased_at?.toISOString() ?? null } : null,
    flow: row.flow_id !== null && row.flow_name !== null ? { id: row.flow_id, name: row.flow_name } : null,
    at: row.at.toISOString(),
  };
}
