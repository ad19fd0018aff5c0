import type { PoolClient } from 'pg';
import { revocation } from '#shared/sms/revocation.ts';
import { normalise } from '#shared/sms/text.ts';
import { lowestId } from '../common/ids.ts';
import { columnOf } from '../database/binary-array.ts';
import { repeatSecondsOf } from '../gateways/inbound-settings.ts';
import type { SenderEntry } from '../runtime/world-cache.ts';
import type { Placed } from './place.ts';
import type { TextWork } from './work.ts';

/** Clocks of nodes differ; the ids of a text's time are looked for from this much earlier, in milliseconds. */
const SKEW_MS = 60_000;

/**
 * For gateways that are known to repeat texts under new ids: the texts that these repeat word for word, within the time that the
 * gateway's owner set. Under the contacts' locks, so that two at once are told apart as well. A STOP repeats nothing: whoever came back
 * after the first may mean the second, and to hear one twice does no harm.
 */
export async function findSameTexts(
  client: PoolClient,
  placed: readonly Placed[],
): Promise<ReadonlyMap<TextWork, string>> {
  const asked = placed.flatMap(({ work, contact, world, sender }) => {
    if (work.kind !== 'text' || work.stored || work.part) return [];
    const seconds = repeatSecondsOf(world.gateways.get(work.gatewayId));
    if (seconds <= 0 || isStop(work.text, sender)) return [];
    return [{ work, contactId: contact.id, since: work.at - seconds * 1_000 }];
  });
  const found = new Map<TextWork, string>();
  if (asked.length === 0) return found;
  const { rows } = await client.query<{ n: number; id: string }>({
    name: 'same-texts',
    text: `select k.n::int - 1 as n, i.id
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[])
        with ordinality as k(workspace_id, contact_id, lowest, gateway_id, to_address, text, since, n)
      cross join lateral (select id from inbound i
        where i.workspace_id = k.workspace_id and i.contact_id = k.contact_id and i.id >= k.lowest
          and i.gateway_id = k.gateway_id and i.to_address = k.to_address and i.text = k.text and i.received_at > k.since
        order by i.id limit 1) i`,
    values: [
      columnOf('uuid', asked, ({ work }) => work.workspaceId),
      columnOf('uuid', asked, ({ contactId }) => contactId),
      columnOf('uuid', asked, ({ since }) => lowestId(since - SKEW_MS)),
      columnOf('uuid', asked, ({ work }) => work.gatewayId),
      columnOf('text', asked, ({ work }) => work.to),
      columnOf('text', asked, ({ work }) => work.text),
      columnOf('timestamptz', asked, ({ since }) => since),
    ],
  });
  for (const { n, id } of rows) {
    const one = asked[n];
    if (one) found.set(one.work, id);
  }
  return found;
}

const isStop = (text: string, { world: { reserved, languages } }: SenderEntry): boolean =>
  revocation(normalise(text), reserved, languages)?.certainty === 'certain';
