import type { PoolClient } from 'pg';
import { ZONES } from '../common/zones.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** A day of a zone: its date, and the instant the next one begins. */
export function dayIn(timeZone: string, now: number): { date: string; ends: number } {
  const offsetAt = ZONES.clock(timeZone) ?? (() => 0);
  const local = now + offsetAt(now) * MINUTE;
  const date = new Date(local).toISOString().slice(0, 10);
  const midnight = (Math.floor(local / DAY) + 1) * DAY;
  const guess = midnight - offsetAt(midnight) * MINUTE;
  return { date, ends: midnight - offsetAt(guess) * MINUTE };
}

/** A sender's day: a date of its workspace's zone. */
export interface SenderDay {
  workspaceId: string;
  senderId: string;
  date: string;
}

/** Takes up to so many texts from what a sender may send on a day; says how many it got. Shared by all nodes. */
export async function takeFromDay(
  client: PoolClient,
  of: SenderDay & { ceiling: number },
  wanted: number,
): Promise<number> {
  const key = [of.workspaceId, of.senderId, of.date];
  await client.query({
    name: 'sent-day',
    text: `insert into sent_days (workspace_id, sender_id, day, texts, segments) values ($1, $2, $3, 0, 0) on conflict do nothing`,
    values: key,
  });
  const { rows } = await client.query<{ granted: number }>({
    name: 'sent-day-take',
    text: `with was as (
        select texts from sent_days where workspace_id = $1 and sender_id = $2 and day = $3 for update)
      update sent_days d set texts = was.texts + least($4::int4, greatest($5::int4 - was.texts, 0)) from was
      where d.workspace_id = $1 and d.sender_id = $2 and d.day = $3
      returning least($4::int4, greatest($5::int4 - was.texts, 0)) as granted`,
    values: [...key, wanted, of.ceiling],
  });
  return rows[0]?.granted ?? 0;
}

/** Gives back what was taken and not sent after all. */
export async function giveBack(client: PoolClient, of: SenderDay, texts: number): Promise<void> {
  await client.query({
    name: 'sent-day-back',
    text: 'update sent_days set texts = greatest(texts - $4, 0) where workspace_id = $1 and sender_id = $2 and day = $3',
    values: [of.workspaceId, of.senderId, of.date, texts],
  });
}
