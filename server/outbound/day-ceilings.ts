import type { PoolClient } from 'pg';
import { instantOf } from '#flows/engine/opening-hours.ts';
import { columnOf } from '../database/binary-array.ts';
import { ZONES } from '../common/zones.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** A day of a zone: its date, and the instant the next one begins, at one where clocks skip the hour after midnight. */
export function dayIn(timeZone: string, now: number): { date: string; ends: number } {
  const offsetAt = ZONES.clock(timeZone) ?? (() => 0);
  const local = now + offsetAt(now) * MINUTE;
  const midnight = (Math.floor(local / DAY) + 1) * DAY;
  return { date: new Date(local).toISOString().slice(0, 10), ends: instantOf(midnight / MINUTE, offsetAt) };
}

/** A sender's day: a date of its workspace's zone, or of an operator's where it is about what goes to that one; "" is all it sends. */
export interface SenderDay {
  workspaceId: string;
  senderId: string;
  operator: string;
  date: string;
}

/** What was taken from a day and did not go. */
export interface Unsent {
  texts: number;
  segments: number;
}

/** Takes texts with so many segments each from what a sender may send on a day; says for how many of them, from the first, there was room. Shared by all nodes. */
export async function takeFromDay(
  client: PoolClient,
  of: SenderDay & { ceiling: number },
  segments: readonly number[],
): Promise<number> {
  const key = [of.workspaceId, of.senderId, of.date];
  await client.query({
    name: 'sent-day',
    text: `insert into sent_days (workspace_id, sender_id, day, operator, texts, segments) values ($1, $2, $3, $4, 0, 0) on conflict do nothing`,
    values: [...key, of.operator],
  });
  const { rows } = await client.query<{ granted: number }>({
    name: 'sent-day-take',
    text: `with was as (
        select texts from sent_days where workspace_id = $1 and sender_id = $2 and day = $3 and operator = $6 for update),
      free as (
        select was.texts, least(cardinality($4::int4[]), greatest($5::int4 - was.texts, 0)) as granted from was)
      update sent_days d set texts = free.texts + free.granted,
        segments = d.segments + (select coalesce(sum(one), 0) from unnest(($4::int4[])[1 : free.granted]) one)
      from free where d.workspace_id = $1 and d.sender_id = $2 and d.day = $3 and d.operator = $6 returning free.granted`,
    values: [...key, columnOf('int4', segments, itself), of.ceiling, of.operator],
  });
  return rows[0]?.granted ?? 0;
}

/** Gives back what was taken and not sent after all. */
export async function giveBack(
  client: PoolClient,
  of: SenderDay,
  { texts, segments }: Unsent,
): Promise<void> {
  await client.query({
    name: 'sent-day-back',
    text: `update sent_days set texts = greatest(texts - $4, 0), segments = greatest(segments - $5, 0)
      where workspace_id = $1 and sender_id = $2 and day = $3 and operator = $6`,
    values: [of.workspaceId, of.senderId, of.date, texts, segments, of.operator],
  });
}

const itself = (segments: number): number => segments;
