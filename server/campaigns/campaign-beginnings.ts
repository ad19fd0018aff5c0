import type { PoolClient } from 'pg';
import type { Audience, Schedule } from '#shared/api/campaigns.ts';
import { newId } from '../common/ids.ts';
import { bind } from '../database/bind.ts';
import { audienceSql, type Member } from './audience.ts';
import { NONSENSE_MS } from './campaign-work.ts';
import { dueAt, isByContact, nextOccurrence } from './due-times.ts';

/** People written down at once. */
const PAGE = 5_000;

/** A campaign whose time has come, held by this transaction. */
export interface DueCampaign {
  workspace_id: string;
  id: string;
  series_id: string;
  number: number;
  audience: Audience;
  schedule: Schedule;
  time_zone: string;
  /** Those up to this id are written down; null before the first are. */
  settled_to: string | null;
}

/** What is known of somebody in a file besides: their time zone may be. */
const KNOWN_FIELDS = `coalesce((select p.fields from contacts p where p.workspace_id = c.workspace_id and p.phone = c.phone), '{}') || c.fields`;

const HELD = `select k.workspace_id, k.id, k.series_id, k.number, k.audience, k.schedule, w.time_zone, k.settled_to
  from campaigns k join workspaces w on w.id = k.workspace_id`;

/**
 * Holds a campaign whose time has come until the transaction ends; null where none is due, or other nodes hold them. While all sending
 * is stopped none begins: its people are those of the day on which they can be texted.
 */
export async function holdDue(client: PoolClient, now: number): Promise<DueCampaign | null> {
  const { rows } = await client.query<DueCampaign>(
    `${HELD} where k.status = 'scheduled' and not w.sending_stopped and k.starts_at <= $1 and (k.next_at <= $1 or k.next_at > $2)
     order by k.starts_at limit 1 for update of k skip locked`,
    [new Date(now), new Date(now + NONSENSE_MS)],
  );
  return rows[0] ?? null;
}

/** The same of one that has begun and is not written down to its last person yet. */
export async function holdUnsettled(client: PoolClient, now: number): Promise<DueCampaign | null> {
  const { rows } = await client.query<DueCampaign>(
    `${HELD} where k.status = 'running' and k.settled_to is not null and (k.next_at <= $1 or k.next_at > $2)
     order by k.next_at limit 1 for update of k skip locked`,
    [new Date(now), new Date(now + NONSENSE_MS)],
  );
  return rows[0] ?? null;
}

/** Begins a campaign that is held: writes the first of its people down, and schedules the next of its series. */
export async function begin(client: PoolClient, campaign: DueCampaign, now: number): Promise<void> {
  await client.query(
    `update campaigns k set status = 'running', began_at = $3, next_at = $3, leased_until = $3, trouble = null, tries = 0,
       people = case when k.audience ->> 'kind' = 'file' then k.people else 0 end,
       -- One that repeats goes on with the newest version.
       version_id = case when k.number > 1 then (select f.version_id from flows f where f.id = k.flow_id) else k.version_id end
     where k.workspace_id = $1 and k.id = $2`,
    [campaign.workspace_id, campaign.id, new Date(now)],
  );
  await settleSome(client, campaign, now);
  await scheduleNext(client, campaign, now);
}

/**
 * Writes some more of its people down. It takes no longer than somebody who pauses or cancels it waits gladly; nobody has their turn before
 * all are written.
 */
export async function settleSome(client: PoolClient, campaign: DueCampaign, now: number): Promise<void> {
  const page: Member[] = await readPage(client, campaign);
  const due = page.map(
    (person) => new Date(dueAt(campaign.schedule, campaign.number, person, campaign.time_zone, now)),
  );
  const isFile = campaign.audience.kind === 'file';
  if (isFile) await setDue(client, campaign, page, due);
  else await addPage(client, campaign, page, due, now);
  const upTo = page.length < PAGE ? null : (page.at(-1)?.id ?? null);
  await client.query(
    `update campaigns set people = people + $3, settled_to = $4, trouble = null, tries = 0 where workspace_id = $1 and id = $2`,
    [campaign.workspace_id, campaign.id, isFile ? 0 : page.length, upTo],
  );
}

async function readPage(client: PoolClient, campaign: DueCampaign): Promise<Member[]> {
  const { settled_to: after } = campaign;
  const values: unknown[] = [campaign.workspace_id];
  const from = audienceSql(campaign, values);
  const later = after === null ? '' : ` and c.id > ${bind(values, after)}::uuid`;
  const fields =
    campaign.audience.kind === 'file' && isByContact(campaign.schedule) ? KNOWN_FIELDS : 'c.fields';
  const { rows } = await client.query<Member>(
    `select c.id, c.phone, ${fields} as fields from ${from}${later} order by c.id limit ${PAGE}`,
    values,
  );
  return rows;
}

async function addPage(
  client: PoolClient,
  { workspace_id: workspaceId, id }: DueCampaign,
  page: readonly Member[],
  due: readonly Date[],
  now: number,
): Promise<void> {
  await client.query(
    `insert into orders (workspace_id, id, campaign_id, phone, due_at)
     select $1, n.id, $2, n.phone, n.due_at from unnest($3::uuid[], $4::text[], $5::timestamptz[]) n(id, phone, due_at)
     on conflict (campaign_id, phone) where campaign_id is not null do nothing`,
    [workspaceId, id, page.map(() => newId(now)), page.map(({ phone }) => phone), due],
  );
}

async function setDue(
  client: PoolClient,
  { workspace_id: workspaceId }: DueCampaign,
  page: readonly Member[],
  due: readonly Date[],
): Promise<void> {
  await client.query(
    `update orders o set due_at = n.due_at from unnest($2::uuid[], $3::timestamptz[]) n(id, due_at)
     where o.workspace_id = $1 and o.id = n.id`,
    [workspaceId, page.map(({ id }) => id), due],
  );
}

/** The next of a series, once: its number is taken by whoever is first. */
async function scheduleNext(client: PoolClient, campaign: DueCampaign, now: number): Promise<void> {
  const next = nextOccurrence(campaign.schedule, campaign.number, campaign.time_zone, now);
  if (!next) return;
  await client.query(
    `insert into campaigns (workspace_id, id, series_id, number, name, flow_id, version_id, sender_id, audience, schedule, per_minute,
       status, starts_at, next_at, leased_until, created_by, created_at)
     select workspace_id, $3, series_id, $4, name, flow_id, version_id, sender_id, audience, schedule, per_minute,
       'scheduled', $5, $5, $6, created_by, $6
     from campaigns where workspace_id = $1 and id = $2
     on conflict (workspace_id, series_id, number) do nothing`,
    [campaign.workspace_id, campaign.id, newId(now), next.number, new Date(next.at), new Date(now)],
  );
}
