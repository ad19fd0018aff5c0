import type { PoolClient } from 'pg';
import type { Purpose } from '#flows/engine/effects.ts';
import { columnOf } from '../database/binary-array.ts';
import type { Leased } from './claim.ts';
import { stoppedAmong, workspacesOf } from './queue-sql.ts';

/** A claimed text, and what has to be known about it and its person before it goes. Times are milliseconds since 1970. */
export interface ClaimedText extends Leased {
  workspaceId: string;
  to: string;
  text: string;
  segments: number;
  purpose: Purpose;
  /** Whether it answers a text of the person's own; what somebody sends again by hand answers nobody any more. */
  prompted: boolean;
  /** Whether consent has gone since it was queued: STOP, or the list was left. */
  unwanted: boolean;
  /** Whether somebody has to look whether the person's words were a STOP. */
  frozen: boolean;
  /** Whether it confirms a STOP of more than five minutes ago. */
  lateConfirmation: boolean;
  /** When it was put back in the queue after the far end had taken it once and not delivered it; null where nothing is known of that. */
  againSince: number | null;
  /** The person's time zone, state and postal code, where somebody knows them. */
  zone: string | null;
  state: string | null;
  zip: string | null;
}

/** Whether it is known about a claimed text already what has to be known. */
export const isRead = (one: Leased): one is ClaimedText => 'text' in one;

/**
 * Reads claimed texts, those of them that may go: not what STOP has taken out of the queue since it was claimed, nor what somebody has put
 * off, nor what the switch that stops all sending keeps. Consent is read all the same.
 */
export async function readClaimed(
  client: PoolClient,
  leased: readonly Leased[],
  now: number,
): Promise<ClaimedText[]> {
  if (leased.length === 0) return [];
  const { rows } = await client.query<ClaimedRow>({
    name: 'outbox-read',
    rowMode: 'array',
    text: `select (k.n - 1)::int4, c.phone, m.text, m.segments, m.purpose,
        nullif(m.cause_id is not null and m.replayed_at is null, false),
        nullif(coalesce(p.state = 'stopped', false) or m.purpose = 'marketing' and m.list is not null and coalesce((
          select p.state <> 'confirmed' from consents p
          where p.workspace_id = o.workspace_id and p.contact_id = o.contact_id and p.scope = 'list:' || m.list), false), false),
        nullif(p.state = 'frozen', false),
        nullif(m.purpose = 'reply' and m.run_id is null and m.created_at < $4::timestamptz - interval '5 minutes' and (m.cause_id is null or exists (
          select from inbound i where i.workspace_id = o.workspace_id and i.id = m.cause_id and i.route::jsonb ->> 'meaning' = 'stop')), false),
        case when m.replayed_at is not null and (m.gateway_message_id is not null or exists (
            select from receipts r where r.workspace_id = o.workspace_id and r.message_id = k.id
              and r.status = 'failed' and r.received_at <= m.replayed_at))
          then date_part('epoch', m.replayed_at) * 1000 end,
        case when m.purpose in ('marketing', 'service') then c.fields ->> 'timeZone' end,
        case when m.purpose in ('marketing', 'service') then c.fields ->> 'state' end,
        case when m.purpose in ('marketing', 'service') then c.fields ->> 'zip' end
      from unnest($1::text[], $2::uuid[]) with ordinality k(place, id, n)
      cross join lateral (
        select o.workspace_id, o.contact_id from outbox o where o.ctid = k.place::tid and o.message_id = k.id
          and o.workspace_id <> all (${stoppedAmong('$3')}) offset 0) o
      cross join lateral (
        select m.text, m.segments, m.purpose, m.list, m.cause_id, m.run_id, m.sender_id, m.gateway_message_id, m.created_at, m.replayed_at from outbound m
        where m.workspace_id = o.workspace_id and m.id = k.id and m.id between $5 and $6 offset 0) m
      cross join lateral (
        select c.phone, c.fields from contacts c where c.workspace_id = o.workspace_id and c.id = o.contact_id offset 0) c
      left join lateral (
        select p.state from senders s join consents p
          on p.workspace_id = o.workspace_id and p.contact_id = o.contact_id and p.scope = 'program:' || s.program_id
        where m.purpose in ('marketing', 'service') and s.id = m.sender_id offset 0) p on true`,
    values: [
      columnOf('text', leased, ({ place }) => place),
      columnOf('uuid', leased, ({ id }) => id),
      workspacesOf(leased, ({ lane }) => lane.workspaceId),
      new Date(now),
      ...boundsOf(leased),
    ],
  });
  const texts: ClaimedText[] = [];
  for (const row of rows) {
    const one = leased[row[0]];
    if (one) texts.push(textOf(row, one));
  }
  return texts;
}

/** The lowest and the highest id: texts lie in parts by their ids, and PostgreSQL need not open those they cannot be in. */
function boundsOf(leased: readonly Leased[]): [lowest: string, highest: string] {
  let lowest = leased[0]?.id ?? '';
  let highest = lowest;
  for (const { id } of leased) {
    if (id < lowest) lowest = id;
    if (id > highest) highest = id;
  }
  return [lowest, highest];
}

/** A text as it is read; what is not so is null, because nobody has to read that. */
type ClaimedRow = [
  n: number,
  to: string,
  text: string,
  segments: number,
  purpose: Purpose,
  prompted: true | null,
  unwanted: true | null,
  frozen: true | null,
  lateConfirmation: true | null,
  againSince: number | null,
  zone: string | null,
  state: string | null,
  zip: string | null,
];

/** One literal: an object that grows after a spread costs as much as a request. */
const textOf = (
  row: ClaimedRow,
  { id, contactId, place, attempts, worn, queuedAt, leasedUntil, lane }: Leased,
): ClaimedText => ({
  workspaceId: lane.workspaceId,
  id,
  contactId,
  place,
  to: row[1],
  text: row[2],
  segments: row[3],
  purpose: row[4],
  attempts,
  worn,
  queuedAt,
  leasedUntil,
  prompted: row[5] === true,
  unwanted: row[6] === true,
  frozen: row[7] === true,
  lateConfirmation: row[8] === true,
  againSince: row[9],
  zone: row[10],
  state: row[11],
  zip: row[12],
  lane,
});
