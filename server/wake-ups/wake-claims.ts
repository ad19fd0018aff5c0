import type { PoolClient } from 'pg';

/** A run whose time has come, claimed by this node. */
export interface DueRun {
  workspace_id: string;
  id: string;
  sender_id: string;
  seq: number;
  phone: string;
  /** Milliseconds since 1970. */
  wake_at: number;
}

export interface Wanted {
  /** Wake-ups up to then are due, and not before `from`; milliseconds since 1970. */
  until: number;
  from: number | null;
  /** Runs that are left alone at this place of theirs. */
  except: readonly Pick<DueRun, 'id' | 'seq'>[];
  most: number;
}

/** How long a claim lasts by the database's clock, where its node neither fires it nor dies. */
const LEASE = `interval '10 seconds'`;

/**
 * Claims runs whose time has come, those first that have waited longest; what another node holds is skipped, and so is whoever has a
 * text waiting, or one that began to come before that time and is not whole yet. Claims stand beside the runs, so that a wake-up costs
 * these no row version, and die with this connection. What was claimed is told by a look-up that PostgreSQL hashes: joined, each would
 * be held against each on a connection that joins by index.
 */
export async function claimWakes(
  client: PoolClient,
  { until, from, except, most }: Wanted,
): Promise<DueRun[]> {
  const { rows } = await client.query<DueRun & { ours: boolean }>({
    name: 'claim-wakes',
    text: `with due as (
        select r.workspace_id, r.id, r.contact_id, r.sender_id, r.seq, r.wake_at from runs r
        where r.wake_at <= $1 and r.wake_at >= coalesce($2::timestamptz, '-infinity')
          and not exists (select from wake_claims k where k.run_id = r.id)
          and not exists (select from unnest($3::uuid[], $4::int[]) e(id, seq) where e.id = r.id and e.seq = r.seq)
          and not exists (select from backlog b where b.workspace_id = r.workspace_id and b.contact_id = r.contact_id)
          and not exists (select from long_texts l
            where l.workspace_id = r.workspace_id and l.contact_id = r.contact_id and not l.done and l.first_at <= r.wake_at)
        order by r.wake_at limit $5 for no key update of r skip locked),
      claimed as (
        insert into wake_claims (run_id, holder, held_until) select id, pg_backend_pid(), clock_timestamp() + ${LEASE} from due
        on conflict (run_id) do nothing returning run_id)
      select d.workspace_id, d.id, d.sender_id, d.seq, c.phone, round(extract(epoch from d.wake_at) * 1000)::float8 as wake_at,
        d.id in (select run_id from claimed) as ours
      from due d join contacts c on c.workspace_id = d.workspace_id and c.id = d.contact_id
      order by d.wake_at`,
    values: [
      new Date(until),
      from === null ? null : new Date(from),
      except.map(({ id }) => id),
      except.map(({ seq }) => seq),
      most,
    ],
  });
  return rows.filter(({ ours }) => ours);
}

/** Gives claims up: these were fired, or could not be now. */
export async function letGo(client: PoolClient, due: readonly DueRun[]): Promise<void> {
  if (due.length === 0) return;
  await client.query({
    name: 'let-go-wakes',
    text: 'delete from wake_claims where run_id = any($1::uuid[]) and holder = pg_backend_pid()',
    values: [due.map(({ id }) => id)],
  });
}

/** Gives up the claims of nodes that have died, or stand still for longer than a lease; also those a clock dated wrongly. */
export async function freeWakes(client: PoolClient): Promise<void> {
  await client.query({
    name: 'free-wakes',
    text: `delete from wake_claims where run_id in (
        select run_id from wake_claims
        where holder not in (select pid from pg_stat_activity)
          or held_until <= clock_timestamp() or held_until > clock_timestamp() + 2 * ${LEASE}
        for update skip locked)`,
  });
}

/** Which of these are still where they were, and due as they were: a move to another version may have put them off. */
export async function stillDue(client: PoolClient, due: readonly DueRun[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>({
    name: 'still-due',
    text: `select r.id from unnest($1::uuid[], $2::uuid[], $3::int[], $4::float8[]) k(workspace_id, id, seq, wake_at)
      join runs r on r.workspace_id = k.workspace_id and r.id = k.id and r.seq = k.seq
      where round(extract(epoch from r.wake_at) * 1000)::float8 <= k.wake_at`,
    values: [
      due.map(({ workspace_id: workspaceId }) => workspaceId),
      due.map(({ id }) => id),
      due.map(({ seq }) => seq),
      due.map(({ wake_at: wakeAt }) => wakeAt),
    ],
  });
  return new Set(rows.map(({ id }) => id));
}
