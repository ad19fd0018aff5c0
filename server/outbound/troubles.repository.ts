import type { PoolClient } from 'pg';
import type { NewRest } from './gateway-gate.ts';

/**
 * Writes down that a gateway rests, for every node and for the settings page. The longer rest stands. What refuses the account is another
 * trouble than what fails, and began when it did.
 */
export async function writeRest(
  client: PoolClient,
  gatewayId: string,
  { until, rests, trouble, reason }: NewRest,
  now: number,
): Promise<void> {
  await client.query({
    name: 'gateway-rest',
    text: `insert into gateway_troubles (gateway_id, since, until, rests, reason, trouble) select $1::uuid, $2, $3, $4, $5, $6
      where exists (select 1 from gateways where id = $1::uuid)
      on conflict (gateway_id) do update set until = greatest(gateway_troubles.until, excluded.until),
        rests = greatest(gateway_troubles.rests, excluded.rests), reason = excluded.reason, trouble = excluded.trouble,
        since = case when (gateway_troubles.trouble = 'refused') = (excluded.trouble = 'refused') then gateway_troubles.since else excluded.since end`,
    values: [gatewayId, new Date(now), new Date(until), rests, reason.slice(0, 500), trouble],
  });
}

/** Writes down that a gateway is well again. */
export async function endTrouble(client: PoolClient, gatewayId: string): Promise<void> {
  await client.query({
    name: 'gateway-well',
    text: 'delete from gateway_troubles where gateway_id = $1',
    values: [gatewayId],
  });
}
