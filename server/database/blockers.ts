import type { QueryRunner } from 'typeorm';

/** What a connection waits for, and the processes of PostgreSQL that hold it. */
export interface Wait {
  /** A table's name, or what else is locked. */
  readonly thing: string;
  readonly holders: readonly Holder[];
}

/** A process of PostgreSQL. No query of it is told: that may quote what people texted. */
interface Holder {
  pid: number;
  program: string | null;
  person: string | null;
  state: string | null;
  /** How long its transaction has been open, in seconds. */
  seconds: number | null;
}

/** What the connection `pid` waits for at this moment, asked by another one; null while it does not wait. */
export async function blockersOf(runner: QueryRunner, pid: number): Promise<Wait | null> {
  const rows: (Holder & { thing: string })[] = await runner.query(
    `select coalesce('the table ' || l.relation::regclass::text, 'a row') as thing, b.pid,
       coalesce(nullif(a.application_name, ''), a.backend_type) as program, a.usename as person, a.state,
       floor(extract(epoch from now() - a.xact_start))::int as seconds
     from pg_locks l cross join lateral (select distinct pid from unnest(pg_blocking_pids(l.pid)) u(pid)) b
       left join pg_stat_activity a on a.pid = b.pid
     where l.pid = $1 and not l.granted order by a.xact_start nulls first`,
    [pid],
  );
  const [first] = rows;
  return first ? { thing: first.thing, holders: rows.map(({ thing, ...holder }) => holder) } : null;
}

/** `the table outbound, which process 4711 holds (psql of ada, idle in transaction for 95 s)` */
export function waitWords({ thing, holders }: Wait): string {
  return `${thing}, which ${holders.map(holderWords).join(' and ')} ${holders.length === 1 ? 'holds' : 'hold'}`;
}

function holderWords({ pid, program, person, state, seconds }: Holder): string {
  // PostgreSQL has no process for a transaction that was prepared to be committed later.
  if (pid === 0) return 'a prepared transaction';
  const who = [program, person && `of ${person}`].filter(Boolean).join(' ');
  const since = [state, seconds !== null && `for ${seconds} s`].filter(Boolean).join(' ');
  const about = [who, since].filter(Boolean).join(', ');
  return about ? `process ${pid} (${about})` : `process ${pid}`;
}
