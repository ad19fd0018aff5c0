import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { FarRequest } from './far-end.ts';
import type { StoredRace } from './judge-races.ts';
import { type Findings, judge, type StoredConsent, type StoredRun, type StoredText } from './judge.ts';
import { RACING } from './racing-flow.ts';
import type { Texters } from './texters.ts';

/** Holds the log of those who texted, the log of the gateway and the database against each other; knows nothing of the server. */
export async function check(
  source: DataSource,
  { log: texts, races }: Texters,
  requests: readonly FarRequest[],
): Promise<Findings> {
  const stored = (await source.query(STORED)) as StoredText[];
  const runs = (await source.query(RUNS, [RACING.name])) as StoredRun[];
  const consents = (await source.query(CONSENTS)) as StoredConsent[];
  const storedRaces = (await source.query(RACES, [RACING.name])) as StoredRace[];
  return judge({ texts, requests, stored, runs, consents, races, storedRaces });
}

/** Waits until so many texts are stored, and everything is decided and sent: a minute is the longest lease, the rest are retries. */
export async function untilQuiet(source: DataSource, texts: number, over?: AbortSignal): Promise<void> {
  for (let waited = 0; waited < 180_000; waited += 200) {
    const rows: unknown[] = await source.query(
      `(select 1 from outbox limit 1) union all (select 1 from backlog limit 1)
       union all (select 1 from deliveries where due_at is not null limit 1)
       union all (select 1 from runs where wake_at < now() + interval '1 minute' limit 1)
       union all select 1 where (select count(distinct gateway_message_id) from inbound) < $1`,
      [texts],
    );
    if (rows.length === 0) return;
    await sleep(200, undefined, { signal: over });
  }
}

const STORED = `select i.gateway_message_id as id, min(i.status) as status, min(i.reason) as reason, count(distinct i.id)::int as times,
    coalesce(json_agg(json_build_object('id', o.id, 'text', o.text, 'status', o.status) order by o.id)
      filter (where o.id is not null), '[]') as replies
  from inbound i left join outbound o on o.workspace_id = i.workspace_id and o.cause_id = i.id
  group by i.gateway_message_id`;

const RUNS = `select c.phone, count(distinct r.id)::int as runs, count(distinct r.id) filter (where r.status <> 'ended')::int as open,
    count(t.*)::int as steps
  from contacts c join runs r on r.workspace_id = c.workspace_id and r.contact_id = c.id
  join flows f on f.workspace_id = r.workspace_id and f.id = r.flow_id
  left join trail t on t.run_id = r.id where f.name <> $1 group by c.phone`;

const RACES = `select c.phone, count(*)::int as runs, count(*) filter (where r.status <> 'ended')::int as open,
    (select coalesce(json_agg(json_build_object('id', o.id, 'text', o.text) order by o.id), '[]')
      from outbound o where o.workspace_id = c.workspace_id and o.contact_id = c.id) as texts
  from contacts c join runs r on r.workspace_id = c.workspace_id and r.contact_id = c.id
  join flows f on f.workspace_id = r.workspace_id and f.id = r.flow_id
  where f.name = $1 group by c.workspace_id, c.id, c.phone`;

const CONSENTS = `select c.phone, count(*) filter (where l.to_state = 'stopped')::int as stops,
    coalesce(bool_or(s.state = 'stopped' and s.head = l.hash), false) as "isStopped",
    count(*) filter (where l.previous is distinct from l.before)::int as loose
  from (select *, lag(hash) over (partition by workspace_id, contact_id, scope order by id) as before from consent_ledger) l
  join contacts c on c.workspace_id = l.workspace_id and c.id = l.contact_id
  left join consents s on s.workspace_id = l.workspace_id and s.contact_id = l.contact_id and s.scope = l.scope
  group by c.phone`;
