import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Room } from './far-ends.ts';

/** Something to do outside, leased to this process until it is done, or for a minute and a half where that does not renew it. */
export interface ClaimedCall {
  workspace_id: string;
  id: string;
  sender_id: string;
  run_id: string;
  /** Null where nobody waits for an answer. */
  seq: number | null;
  node: string;
  kind: string;
  /** The host of a request; of anything else its kind. */
  far_end: string;
  payload: unknown;
  message: string | null;
  answer: unknown;
  /** Also the number of this claim: whoever claims it next has another. */
  attempts: number;
  phone: string;
  created_at: number;
  due_at: number;
  leased_until: number;
}

/** What a call came to: how it went, and what is kept of it. */
export const callAnswerSchema = z.object({
  outcome: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type CallAnswer = z.infer<typeof callAnswerSchema>;

/** Whoever makes a call renews its lease while that lasts, so that nobody else begins it meanwhile. */
const LEASE_SECONDS = 90;
/** No call is leased for longer, nor is any put off for longer, whatever the clocks of two nodes say; in milliseconds. */
const LONGEST_LEASE_MS = 5 * 60_000;
const LONGEST_PUT_OFF_MS = 35 * 60_000;
/** Attempts are counted no further: an answer may be offered for as long as its run waits. */
const MOST_COUNTED = 1_000;

/**
 * Claims calls that are due, of no far end more than there is room for: it steps from one to the next along the index, so that what a
 * far end holds up, however much it is, costs the others nothing. Each gets its first before any gets its second, and seconds no more
 * than half of what is free, so that who comes a moment later finds some too. While all sending is stopped no e-mail goes out; requests
 * to other systems do, and notices to the team, for whose e-mails no run waits.
 */
export async function claimCalls(client: PoolClient, now: number, room: Room): Promise<ClaimedCall[]> {
  const { rows } = await client.query<ClaimedCall>({
    name: 'calls-claim',
    text: `with recursive ends as (
        (select c.far_end from calls c order by c.far_end limit 1)
        union all
        select n.far_end from ends e cross join lateral (
          select c.far_end from calls c where c.far_end > e.far_end order by c.far_end limit 1) n),
      due as (
        select d.*, coalesce(met.quick, false) as quick, coalesce(met.under_way, 0) + row_number() over (partition by e.far_end order by d.due_at) as turn
        from ends e
        left join unnest($3::text[], $4::int4[], $5::bool[], $8::int4[]) met(far_end, calls, quick, under_way) on met.far_end = e.far_end
        cross join lateral (
          select c.workspace_id, c.id, c.due_at from calls c
          join workspaces w on w.id = c.workspace_id and (c.kind <> 'email' or c.seq is null or not w.sending_stopped)
          where c.far_end = e.far_end and c.due_at <= $1
          order by c.due_at limit coalesce(met.calls, $6::int4) for update of c skip locked) d),
      alike as (select d.*, row_number() over (partition by d.quick order by d.turn, d.due_at) as place from due d),
      fair as (
        select a.*, row_number() over (order by a.turn, a.due_at) as at from alike a
        where a.quick or a.place <= $7::int4 and (a.turn = 1 or a.place <= ($7::int4 + 1) / 2)),
      chosen as (select f.* from fair f where f.turn = 1 or f.at <= ($2::int4 + 1) / 2 order by f.at limit $2::int4),
      leased as (
        update calls c set due_at = $1::timestamptz + interval '${LEASE_SECONDS} seconds', attempts = least(c.attempts, ${MOST_COUNTED}) + 1 from chosen
        where c.workspace_id = chosen.workspace_id and c.id = chosen.id
        returning c.*, chosen.due_at as was_due)
      select l.workspace_id, l.id, l.sender_id, l.run_id, l.seq, l.node, l.kind, l.far_end, l.payload, l.message, l.answer, l.attempts,
        p.phone, (extract(epoch from l.created_at) * 1000)::float8 as created_at,
        (extract(epoch from l.was_due) * 1000)::float8 as due_at, (extract(epoch from l.due_at) * 1000)::float8 as leased_until
      from leased l join contacts p on p.workspace_id = l.workspace_id and p.id = l.contact_id
      order by l.id`,
    values: [
      new Date(now),
      room.inAll,
      room.ends.map(({ end }) => end),
      room.ends.map(({ calls }) => calls),
      room.ends.map(({ quick }) => quick),
      room.unmet,
      room.unproven,
      room.ends.map(({ underWay }) => underWay),
    ],
  });
  return rows;
}

/**
 * Makes calls due that are put off for longer than any call is: a clock that has been set back since did so, or leased them. Those to
 * other systems, for which people wait, are not put off at all.
 */
export async function freeCalls(client: PoolClient, now: number): Promise<void> {
  await client.query({
    name: 'calls-free',
    text: `update calls set due_at = $1 where due_at > $2 and (kind = 'webhook' or due_at > $3)`,
    values: [new Date(now), new Date(now + LONGEST_LEASE_MS), new Date(now + LONGEST_PUT_OFF_MS)],
  });
}

/** Renews the leases of calls that are under way, from now on. What somebody else has claimed or put off meanwhile stays so. */
export async function renewLeases(
  client: PoolClient,
  calls: readonly ClaimedCall[],
  now: number,
): Promise<void> {
  const until = now + LEASE_SECONDS * 1_000;
  const { rows } = await client.query<{ n: number }>({
    name: 'calls-renew',
    text: `update calls c set due_at = $5
      from unnest($1::uuid[], $2::uuid[], $3::int4[], $4::timestamptz[]) with ordinality k(workspace_id, id, attempts, leased_until, n)
      where c.workspace_id = k.workspace_id and c.id = k.id and c.attempts = k.attempts and c.due_at = k.leased_until
      returning k.n::int4 - 1 as n`,
    values: [
      calls.map((call) => call.workspace_id),
      calls.map(({ id }) => id),
      calls.map(({ attempts }) => attempts),
      calls.map((call) => new Date(call.leased_until)),
      new Date(until),
    ],
  });
  for (const { n } of rows) {
    const call = calls[n];
    if (call) call.leased_until = until;
  }
}

const MINE = 'workspace_id = $1 and id = $2 and attempts = $3';
const mine = (call: ClaimedCall): unknown[] => [call.workspace_id, call.id, call.attempts];

/** Keeps what a call came to until the conversation has taken it, so that it is never made twice for that. */
export async function keepAnswer(database: DataSource, call: ClaimedCall, answer: CallAnswer): Promise<void> {
  await database.query(`update calls set answer = $4 where ${MINE}`, [...mine(call), JSON.stringify(answer)]);
}

/** Puts a call off, unless somebody else has claimed it since. */
export async function putOff(database: DataSource, call: ClaimedCall, until: number): Promise<void> {
  await database.query(`update calls set due_at = $4 where ${MINE}`, [...mine(call), new Date(until)]);
}

/** Forgets a call that is over, unless somebody else has claimed it since. */
export async function dropCall(database: DataSource, call: ClaimedCall): Promise<void> {
  await database.query(`delete from calls where ${MINE}`, mine(call));
}
