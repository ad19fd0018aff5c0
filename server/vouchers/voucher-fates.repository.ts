import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** So many codes are looked after at a time. */
export const MOST_AT_ONCE = 1_000;
/** So long a code rests that nobody can have seen, so that whoever was about to send it all the same has said so; in milliseconds. */
export const REST_MS = 5 * 60_000;
/** One that still waits is looked at again after a quarter of the time it has waited, within these; in milliseconds. */
const SOONEST_MS = 5_000;
const LATEST_MS = 10 * 60_000;

/** Writes down what became of codes that are reserved. */
@Injectable()
export class VoucherFatesRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Looks at codes that are due: one is sent when a text that carries it went out, or may have, or is not kept any more. It goes back to
   * the pool when no text that carries it is queued, none ever left, and every conversation that knows it has ended, and all of that is
   * still so after a rest; then its texts cannot be sent again by hand either. Returns how many were due, and whose have changed.
   */
  async look(now: Date): Promise<{ due: number; changed: string[] }> {
    const [row]: { due: number; changed: string[] }[] = await this.database.query(
      `with due as materialized (
        select * from voucher_codes where state = 'reserved' and look_at <= $1 order by look_at limit ${MOST_AT_ONCE}
        for update skip locked),
      looked as materialized (
        select d.workspace_id, d.pool, d.code, d.texts, d.idle_since, t.sent_at,
          t.sent_at is not null or t.may_be_seen or t.known < cardinality(d.texts) as is_sent,
          t.is_queued or exists (
            select 1 from runs r where r.workspace_id = d.workspace_id and r.id = any(d.runs) and r.status <> 'ended') as is_open,
          $1::timestamptz + least(greatest(($1::timestamptz - d.reserved_at) / 4, ${SOONEST_MS} * interval '1 ms'),
            ${LATEST_MS} * interval '1 ms') as next_look
        from due d cross join lateral (
          select count(*) as known, min(m.sent_at) as sent_at,
            coalesce(bool_or(m.status in ('sent', 'delivered') or m.status <> 'queued' and not m.never_left), false) as may_be_seen,
            coalesce(bool_or(m.status = 'queued'), false) as is_queued
          from outbound m where m.workspace_id = d.workspace_id and m.id = any(d.texts)) t),
      rested as materialized (
        select * from looked where not is_sent and not is_open and idle_since <= $1::timestamptz - ${REST_MS} * interval '1 ms'),
      withdrawn as (
        update outbound m set status = 'cancelled',
          reason = case when m.status = 'cancelled' then m.reason else concat(m.reason, ' Its voucher went back to the pool.') end
        from rested r
        where m.workspace_id = r.workspace_id and m.id = any(r.texts) and m.status <> 'queued' and m.never_left
        returning m.workspace_id, r.pool, r.code),
      back as (
        select r.workspace_id, r.pool, r.code from rested r
        where cardinality(r.texts) = (
          select count(*) from withdrawn w where w.workspace_id = r.workspace_id and w.pool = r.pool and w.code = r.code)),
      released as (
        update voucher_codes c set state = 'available', contact_id = null, run_id = null, version_id = null, arms = null,
          runs = null, texts = null, reserved_at = null, look_at = null, idle_since = null
        from back b where c.workspace_id = b.workspace_id and c.pool = b.pool and c.code = b.code
        returning c.workspace_id),
      kept as (
        update voucher_codes c set
          state = case when l.is_sent then 'sent' else 'reserved' end,
          sent_at = case when l.is_sent then coalesce(l.sent_at, $1::timestamptz) end,
          runs = case when l.is_sent then null else c.runs end,
          texts = case when l.is_sent then null else c.texts end,
          idle_since = case when l.is_sent or l.is_open then null else coalesce(l.idle_since, $1::timestamptz) end,
          look_at = case when l.is_sent then null when l.is_open then l.next_look
            else coalesce(l.idle_since, $1::timestamptz) + ${REST_MS} * interval '1 ms' end
        from looked l
        where c.workspace_id = l.workspace_id and c.pool = l.pool and c.code = l.code
          and (l.workspace_id, l.pool, l.code) not in (select workspace_id, pool, code from back)
        returning c.workspace_id, c.state)
      select (select count(*) from due)::int as due, array(
        select workspace_id from released union select workspace_id from kept where state = 'sent') as changed`,
      [now],
    );
    return row ?? { due: 0, changed: [] };
  }
}
