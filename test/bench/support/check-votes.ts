import type { DataSource } from 'typeorm';
import type { Line } from './people.ts';

/** What a crowd said and was acknowledged. */
export interface Heard {
  acknowledged: number;
  /** Texts numbered so far, acknowledged or not. */
  said: number;
  people: number;
  script: readonly Line[];
}

/**
 * Compares the database with what was acknowledged to a crowd: each text once and decided, its one reply, one vote a person, and of
 * each person the texts decided in the order in which they were said. Returns what is wrong, in sentences.
 */
export async function checkVotes(
  source: DataSource,
  { acknowledged, said, people, script }: Heard,
): Promise<string[]> {
  const voters = Math.min(said, people);
  const [first, later] = script;
  // Without it the planner takes the tables for as small as they were before the vote.
  await source.query('analyze');
  const [found]: Record<string, number>[] = await source.query(CHECK, [first?.hears, later?.hears]);
  const expected: Record<string, number> = {
    'texts stored': acknowledged,
    'texts stored under an id of their own': acknowledged,
    'texts decided': acknowledged,
    'replies to different texts': acknowledged,
    replies: acknowledged,
    'runs completed': acknowledged,
    'texts pending': 0,
    'replies still in the outbox': 0,
    'votes counted': found?.['people who texted'] ?? voters,
    'replies that thank for a vote': found?.['people who texted'] ?? voters,
    'replies of one person out of their order': 0,
  };
  return Object.entries(expected)
    .filter(([what, count]) => found?.[what] !== count)
    .map(([what, count]) => `${what}: ${found?.[what]} in the database, ${count} expected`);
}

const CHECK = `
  with replies as (
    select o.contact_id, o.id, o.cause_id, o.text, substr(i.gateway_message_id, 7)::int as nth
    from outbound o join inbound i on i.workspace_id = o.workspace_id and i.id = o.cause_id where o.text in ($1, $2)),
  lines as (select nth, lag(nth) over (partition by contact_id order by id) as before from replies)
  select (select count(*) from inbound)::float8 as "texts stored",
    (select count(distinct gateway_message_id) from inbound)::float8 as "texts stored under an id of their own",
    (select count(*) from inbound where status = 'decided')::float8 as "texts decided",
    (select count(distinct contact_id) from inbound)::float8 as "people who texted",
    (select count(distinct cause_id) from replies)::float8 as "replies to different texts",
    (select count(*) from outbound)::float8 as replies,
    (select count(*) from runs where outcome = 'completed')::float8 as "runs completed",
    (select count(*) from backlog)::float8 as "texts pending",
    (select count(*) from outbox)::float8 as "replies still in the outbox",
    (select count(*) from contest_entries)::float8 as "votes counted",
    (select count(*) from replies where text = $1)::float8 as "replies that thank for a vote",
    (select count(*) from lines where before > nth)::float8 as "replies of one person out of their order"`;
