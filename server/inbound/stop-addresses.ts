import type { PoolClient } from 'pg';
import { revocation } from '#shared/sms/revocation.ts';
import { normalise } from '#shared/sms/text.ts';
import { columnOf } from '../database/binary-array.ts';
import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';
import type { TextWork } from './work.ts';

/**
 * For texts to a number that sends nothing: whom each is for, where that number hears STOP for senders that cannot receive ("STOP au
 * 36111"). On a number that several share, that is who texted the person last, its own sender included where it has one. A STOP is also
 * heard at a number that is no sender any more, or is one of another gateway: people answer what they were sent.
 */
export async function findStopSenders(
  client: PoolClient,
  texts: readonly TextWork[],
  worlds: ReadonlyMap<string, WorkspaceWorld>,
): Promise<ReadonlyMap<TextWork, SenderEntry>> {
  const asked = texts.flatMap((work) => {
    const { senders, isNamed } = candidatesFor(work, worlds.get(work.workspaceId));
    return senders.length > 0 ? [{ work, senders, isNamed }] : [];
  });
  const found = new Map<TextWork, SenderEntry>();
  if (asked.length === 0) return found;
  const last = await readLastSenders(client, asked);
  asked.forEach(({ work, senders }, n) => {
    const sender = senders.find(({ id }) => id === last.get(n)) ?? senders[0];
    if (sender) found.set(work, sender);
  });
  await keepAddresses(
    client,
    asked.flatMap(({ work, isNamed }) => (isNamed ? [] : [work])),
  );
  return found;
}

function candidatesFor(work: TextWork, world: WorkspaceWorld | undefined): Omit<Asked, 'work'> {
  const own = world?.senderAt(work.gatewayId, work.to);
  const named = world?.stoppedAt(work.to) ?? [];
  if (own) return { senders: [own, ...named].filter(hearsStop(work)), isNamed: true };
  if (named.length > 0) return { senders: named, isNamed: true };
  return { senders: (world?.spokenFor(work.to) ?? []).filter(hearsStop(work)), isNamed: false };
}

/** People said STOP to these addresses now: whatever program they come back for, they were not gone before that. */
async function keepAddresses(client: PoolClient, texts: readonly TextWork[]): Promise<void> {
  if (texts.length === 0) return;
  await client.query(
    `update sender_addresses a set until = k.at
     from (select workspace_id, address_key(address) as key, max(at) as at
       from unnest($1::uuid[], $2::text[], $3::timestamptz[]) k(workspace_id, address, at) group by 1, 2) k
     where a.workspace_id = k.workspace_id and a.address_key = k.key and a.until < k.at`,
    [
      columnOf('uuid', texts, ({ workspaceId }) => workspaceId),
      columnOf('text', texts, ({ to }) => to),
      columnOf('timestamptz', texts, ({ at }) => at),
    ],
  );
}

const hearsStop =
  ({ text }: TextWork) =>
  ({ world: { reserved, languages } }: SenderEntry): boolean =>
    revocation(normalise(text), reserved, languages)?.certainty === 'certain';

interface Asked {
  work: TextWork;
  senders: readonly SenderEntry[];
  /** The number is a sender's, or a program names it for STOP. */
  isNamed: boolean;
}

/** Which of these senders texted each person last, by the place of the text. */
export async function readLastSenders(
  client: PoolClient,
  asked: readonly Pick<Asked, 'work' | 'senders'>[],
): Promise<Map<number, string>> {
  const candidates = asked.flatMap(({ work, senders }, n) => senders.map(({ id }) => ({ work, id, n })));
  const { rows } = await client.query<{ n: number; sender_id: string }>({
    name: 'last-senders',
    text: `select distinct on (k.n) k.n, m.sender_id
      from unnest($1::int4[], $2::uuid[], $3::text[], $4::uuid[]) k(n, workspace_id, phone, sender_id)
      join contacts c on c.workspace_id = k.workspace_id and c.phone = k.phone
      cross join lateral (
        select o.id, o.sender_id from outbound o
        where o.workspace_id = c.workspace_id and o.contact_id = c.id and o.sender_id = k.sender_id and o.sent_at is not null
        order by o.id desc limit 1) m
      order by k.n, m.id desc`,
    values: [
      columnOf('int4', candidates, ({ n }) => n),
      columnOf('uuid', candidates, ({ work }) => work.workspaceId),
      columnOf('text', candidates, ({ work }) => work.phone),
      columnOf('uuid', candidates, ({ id }) => id),
    ],
  });
  return new Map(rows.map((row) => [row.n, row.sender_id]));
}
