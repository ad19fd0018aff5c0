import type { PoolClient } from 'pg';
import type { Rest } from './gateway-gate.ts';

/** Writes down that a gateway rests, for every node and for the settings page. The longer rest stands. */
export async function writeRest(
  client: PoolClient,
  gatewayId: string,
  { until, rests, reason }: Rest,
  now: number,
): Promise<void> {
  await client.query({
    name: 'gateway-rest',
    text: `insert into gateway_troubles (gateway_id, since, until, rests, reason) select $1::uuid, $2, $3, $4, $5
      where exists (select 1 from gateways where id = $1::uuid)
      on conflict (gateway_id) do update set until = greatest(gateway_troubles.until, excluded.until),
        rests = greatest(gateway_troubles.rests, excluded.rests), reason = excluded.reason`,
    values: [gatewayId, new Date(now), new Date(until), rests, reason.slice(0, 500)],
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
