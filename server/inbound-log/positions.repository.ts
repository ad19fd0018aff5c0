import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { PARTITIONS } from './log-entry.ts';

/** How long a partition stays with a node that says nothing. */
const LEASE = `interval '10 seconds'`;
/** Nodes take turns at sharing. */
const SHARING_LOCK = 7_839_548_202;

/** A partition that this node works on, and how far it is decided. */
export interface Lease {
  partition: number;
  seq: number;
}

/** How far a partition is decided: the last entry, and until when everything accepted is. */
export interface Position extends Lease {
  decidedUntil: number;
}

/** Who works on which partition, and how far each is decided. Leases go by the database's clock. */
@Injectable()
export class PositionsRepository {
  constructor(private readonly database: DataSource) {}

  /** Says that this node is there, and shares the partitions fairly among all that are. Returns those that are its own now. */
  async share(node: string): Promise<Lease[]> {
    return await this.database.transaction(async (manager) => {
      await manager.query('select pg_advisory_xact_lock($1)', [SHARING_LOCK]);
      for (const table of ['inbound_log', 'inbound_log_leases'])
        await manager.query(
          `insert into ${table} (partition) select generate_series(0, $1::int - 1) on conflict do nothing`,
          [PARTITIONS],
        );
      await manager.query(
        `insert into inbound_log_nodes (node, seen_until) values ($1, now() + ${LEASE})
         on conflict (node) do update set seen_until = excluded.seen_until`,
        [node],
      );
      await manager.query('delete from inbound_log_nodes where seen_until <= now()');
      await manager.query(
        `with fair as (select ceil($2::float8 / count(*))::int as most from inbound_log_nodes),
           own as (
             select partition from inbound_log_leases where node = $1 or node is null or leased_until <= now()
             order by (node = $1) desc nulls last, partition limit (select most from fair))
         update inbound_log_leases l set
           node = case when o.partition is null then null else $1::uuid end,
           leased_until = case when o.partition is null then now() else now() + ${LEASE} end
         from inbound_log_leases k left join own o on o.partition = k.partition
         where l.partition = k.partition and (l.node = $1 or o.partition is not null)`,
        [node, PARTITIONS],
      );
      const rows: { partition: number; seq: string }[] = await manager.query(
        `select p.partition, p.seq from inbound_log p join inbound_log_leases l on l.partition = p.partition
         where l.node = $1 order by p.partition`,
        [node],
      );
      return rows.map(({ partition, seq }) => ({ partition, seq: Number(seq) }));
    });
  }

  /** Gives everything up at once, so that others need not wait for the leases to end. */
  async leave(node: string): Promise<void> {
    await this.database.query('update inbound_log_leases set node = null where node = $1', [node]);
    await this.database.query('delete from inbound_log_nodes where node = $1', [node]);
  }

  /**
   * Holds a position to the log that is there, and returns it. In one that was made after all that was decided it is at the
   * beginning, however long that log has grown meanwhile; in one that has lost its end, there. From then on it is known to be of this log.
   */
  async fit(partition: number, { made, end }: { made: number; end: number }): Promise<number> {
    await this.database.query(
      `update inbound_log set decided_until = greatest(decided_until, $2),
         seq = case when decided_until < $2 then 0 else least(seq, $3::bigint) end
       where partition = $1 and (decided_until < $2 or seq > $3::bigint)`,
      [partition, new Date(made), end],
    );
    const [row]: { seq: string }[] = await this.database.query(
      'select seq from inbound_log where partition = $1',
      [partition],
    );
    return Number(row?.seq ?? 0);
  }

  async read(): Promise<Position[]> {
    const rows: { partition: number; seq: string; until: number }[] = await this.database.query(
      `select partition, seq, (extract(epoch from decided_until) * 1000)::float8 as until from inbound_log`,
    );
    return rows.map(({ partition, seq, until }) => ({ partition, seq: Number(seq), decidedUntil: until }));
  }
}

/** Locks the positions of these partitions and reads them: whoever holds them is the one that decides. */
export async function lockPositions(
  client: PoolClient,
  partitions: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await client.query<{ partition: number; seq: string }>(
    'select partition, seq from inbound_log where partition = any($1::int[]) order by partition for update',
    [partitions],
  );
  return new Map(rows.map(({ partition, seq }) => [partition, Number(seq)]));
}

/** Moves positions on, in the transaction that decided what lies before them. */
export async function movePositions(client: PoolClient, positions: readonly Position[]): Promise<void> {
  await client.query(
    `update inbound_log p set seq = n.seq, decided_until = greatest(p.decided_until, to_timestamp(n.until / 1000))
     from unnest($1::int[], $2::bigint[], $3::float8[]) n(partition, seq, until) where p.partition = n.partition`,
    [
      positions.map(({ partition }) => partition),
      positions.map(({ seq }) => seq),
      positions.map(({ decidedUntil }) => decidedUntil),
    ],
  );
}
