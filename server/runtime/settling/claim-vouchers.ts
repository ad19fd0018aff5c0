import type { PoolClient } from 'pg';
import type { TransactionAnswer } from '#flows/engine/effects.ts';
import { columnOf } from '../../database/binary-array.ts';
import { isOver } from '../../database/last-day.ts';
import type { VoucherClaim } from './open-request.ts';

/** After how many milliseconds it is first looked whether the text with a code went out. */
const FIRST_LOOK_MS = 2_000;

/**
 * A code for each that asks, by one statement. Who has one of a pool that gives one a person gets it again; new ones come in the order
 * they were loaded. Codes that another batch is giving away at this moment are passed over, so that no batch waits for another: when the
 * very last ones are, there is none left. A code that its person has is locked, or it could go back to the pool meanwhile.
 */
export async function claimVouchers(
  client: PoolClient,
  open: readonly VoucherClaim[],
): Promise<TransactionAnswer[]> {
  const { rows } = await client.query<{ place: number; code: string; given: boolean }>({
    name: 'claim-vouchers',
    text: `with asked as materialized (
        select u.*, p.one_per_person, p.state = 'open' as is_open
        from unnest($1::int4[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::jsonb[], $8::timestamptz[])
          as u(place, workspace_id, pool, contact_id, run_id, version_id, arms, at)
        join workspaces w on w.id = u.workspace_id
        join voucher_pools p on p.workspace_id = u.workspace_id and p.key = u.pool
        where not ${isOver('p', 'w', 'u.at')}),
      had as materialized (
        select a.*, c.code, c.state from asked a cross join lateral (
          select c.code, c.state from voucher_codes c
          where c.workspace_id = a.workspace_id and c.contact_id = a.contact_id and c.pool = a.pool
          order by c.reserved_at desc limit 1 for update) c
        where a.one_per_person),
      wanted as materialized (
        select a.*, row_number() over (partition by a.workspace_id, a.pool order by a.place) as number
        from asked a where a.is_open and a.place not in (select place from had)),
      free as materialized (
        select p.workspace_id, p.pool, c.code,
          row_number() over (partition by p.workspace_id, p.pool order by c.number) as number
        from (select workspace_id, pool, count(*) as people from wanted group by workspace_id, pool) p
        cross join lateral (
          select c.code, c.number from voucher_codes c
          where c.workspace_id = p.workspace_id and c.pool = p.pool and c.state = 'available'
          order by c.number limit p.people for update skip locked) c),
      given as (
        update voucher_codes c set state = 'reserved', contact_id = w.contact_id, run_id = w.run_id, version_id = w.version_id,
          arms = w.arms, runs = array[w.run_id], texts = '{}', reserved_at = w.at, look_at = w.at + $9 * interval '1 ms'
        from wanted w join free f using (workspace_id, pool, number)
        where c.workspace_id = f.workspace_id and c.pool = f.pool and c.code = f.code
        returning w.place, c.code),
      kept as (
        update voucher_codes c set runs = c.runs || h.run_id, run_id = h.run_id, version_id = h.version_id, arms = h.arms, idle_since = null
        from had h
        where h.state = 'reserved' and c.workspace_id = h.workspace_id and c.pool = h.pool and c.code = h.code)
      select place, code, true as given from given union all select place, code, false from had`,
    values: [
      columnOf('int4', [...open.keys()], (place) => place),
      columnOf('uuid', open, ({ world }) => world.workspaceId),
      columnOf('text', open, ({ request }) => request.pool),
      columnOf('uuid', open, ({ contactId }) => contactId),
      columnOf('uuid', open, ({ request }) => request.runId),
      columnOf('uuid', open, ({ request }) => request.versionId),
      columnOf('jsonb', open, ({ request }) => JSON.stringify(request.arms)),
      columnOf('timestamptz', open, ({ at }) => at),
      FIRST_LOOK_MS,
    ],
  });
  const codes = new Map(rows.map((row) => [row.place, row]));
  return open.map((_, place): TransactionAnswer => {
    const found = codes.get(place);
    if (!found) return { outcome: 'none-left' };
    return { outcome: found.given ? 'given' : 'had', value: found.code };
  });
}
