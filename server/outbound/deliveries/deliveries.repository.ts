import type { PoolClient } from 'pg';
import { columnOf } from '../../database/binary-array.ts';

/** What became of a text, to be told to its run and to the person's consent; leased to this process for half a minute. */
export interface Delivery {
  workspaceId: string;
  messageId: string;
  senderId: string;
  phone: string;
  /** Null where there is nothing to be told, or nobody to hear it any more. */
  runId: string | null;
  /** The run's sequence while it waits for this; null where it goes on and only a failure ends it. */
  seq: number | null;
  outcome: 'delivered' | 'failed' | null;
  blocked: boolean;
  /** The end of the lease, which tells this telling from a later one. */
  leasedUntil: number;
}

const LEASE_SECONDS = 30;
/** What no carrier has reported by then, none ever will. */
const FORGET_DAYS = 60;

/**
 * Claims what is to be told. What a run that is over does not hear any more comes without it, and neither does one hear of an earlier
 * text's failure that has moved on while the person texted: they are reached. What is about a text or a person that was forgotten since
 * is forgotten as well.
 */
export async function claimDeliveries(client: PoolClient, now: number, most: number): Promise<Delivery[]> {
  const { rows } = await client.query<Delivery>({
    name: 'deliveries-claim',
    text: `with due as (
        select d.ctid as place, exists (
            select from outbound m join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
            where m.workspace_id = d.workspace_id and m.id = d.message_id) as known
        from deliveries d where d.due_at <= $1 order by d.due_at limit $2 for update of d skip locked),
      forgotten as (
        delete from deliveries d using due where d.ctid = due.place and not due.known),
      leased as (
        update deliveries d set due_at = $1::timestamptz + interval '${LEASE_SECONDS} seconds' from due
        where d.ctid = due.place and due.known
        returning d.*)
      select l.workspace_id as "workspaceId", l.message_id as "messageId", m.sender_id as "senderId", c.phone,
        r.id as "runId", l.seq, l.outcome, l.blocked, (extract(epoch from l.due_at) * 1000)::float8 as "leasedUntil"
      from leased l
      cross join lateral (select * from outbound m where m.workspace_id = l.workspace_id and m.id = l.message_id offset 0) m
      cross join lateral (select c.phone from contacts c where c.workspace_id = l.workspace_id and c.id = m.contact_id offset 0) c
      left join lateral (
        select r.id from runs r
        where l.outcome is not null and r.workspace_id = l.workspace_id and r.id = m.run_id and r.status <> 'ended'
          and (l.seq is not null or r.node = m.node or not exists (
            select from inbound i where i.workspace_id = m.workspace_id and i.contact_id = m.contact_id and i.id > m.id)) offset 0) r on true
      order by l.message_id`,
    values: [new Date(now), most],
  });
  return rows;
}

/** Forgets what was told. What has become of a text since stays, to be told as well. */
export async function forgetTold(client: PoolClient, told: readonly Delivery[]): Promise<void> {
  if (told.length === 0) return;
  await client.query({
    name: 'deliveries-told',
    text: `delete from deliveries d using unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) k(workspace_id, message_id, due_at)
      where d.workspace_id = k.workspace_id and d.message_id = k.message_id and d.due_at = k.due_at`,
    values: keysOf(told),
  });
}

/** What could not be told now is told again at its time. */
export async function putOffTelling(
  client: PoolClient,
  untold: readonly { delivery: Delivery; until: number }[],
): Promise<void> {
  if (untold.length === 0) return;
  await client.query({
    name: 'deliveries-later',
    text: `update deliveries d set due_at = k.until
      from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) k(workspace_id, message_id, due_at, until)
      where d.workspace_id = k.workspace_id and d.message_id = k.message_id and d.due_at = k.due_at`,
    values: [
      ...keysOf(untold.map(({ delivery }) => delivery)),
      columnOf('timestamptz', untold, ({ until }) => until),
    ],
  });
}

/** Forgets what nobody has ever reported, and nobody will. */
export async function forgetUnreported(client: PoolClient, now: number): Promise<void> {
  await client.query(
    `delete from deliveries where due_at is null and created_at < $1::timestamptz - interval '${FORGET_DAYS} days'`,
    [new Date(now)],
  );
}

const keysOf = (deliveries: readonly Delivery[]): Buffer[] => [
  columnOf('uuid', deliveries, ({ workspaceId }) => workspaceId),
  columnOf('uuid', deliveries, ({ messageId }) => messageId),
  columnOf('timestamptz', deliveries, ({ leasedUntil }) => leasedUntil),
];
