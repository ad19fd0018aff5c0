import type { DataSource } from 'typeorm';
import type { Line } from './people.ts';
import { untilWorkedOff } from './worked-off.ts';

/** What was said to the server and answered: so many texts, in whole conversations. */
export interface Spoken {
  texts: number;
  script: readonly Line[];
  /** People who spoke at least once. */
  people: number;
}

/**
 * Compares the database with what was acknowledged: each text once and decided, its one reply as answered, each run over, each
 * consent given, each step in the trail, and nothing left unsent. Returns what is wrong, in sentences.
 */
export async function checkRows(source: DataSource, spoken: Spoken): Promise<string[]> {
  await untilWorkedOff(source);
  const talks = spoken.texts / spoken.script.length;
  const expected: Record<string, number> = {
    'texts stored': spoken.texts,
    'texts stored under an id of their own': spoken.texts,
    'texts decided': spoken.texts,
    'replies stored': spoken.texts,
    'replies that are right for their text': spoken.texts,
    'replies delivered': spoken.texts,
    'replies still in the outbox': 0,
    runs: talks,
    'runs completed': talks,
    'people with a run that is not over': 0,
    'steps in the trail': spoken.texts,
    'people who confirmed': spoken.people,
  };
  const [found]: Record<string, number>[] = await source.query(CHECK, [
    spoken.script.map(({ says }) => says),
    spoken.script.map(({ hears }) => hears),
  ]);
  return Object.entries(expected)
    .filter(([what, count]) => Number(found?.[what]) !== count)
    .map(([what, count]) => `${what}: ${found?.[what]} in the database, ${count} acknowledged`);
}

const CHECK = `
  with said as (select * from unnest($1::text[], $2::text[]) as s(says, hears)),
  answered as (
    select count(*) as stored, count(*) filter (where o.text = s.hears) as fit,
      count(distinct o.cause_id) filter (where o.text = s.hears) as texts, count(*) filter (where o.status = 'delivered') as delivered
    from outbound o left join inbound i on i.workspace_id = o.workspace_id and i.id = o.cause_id left join said s on s.says = i.text)
  select (select count(*) from inbound)::float8 as "texts stored",
    (select count(distinct gateway_message_id) from inbound)::float8 as "texts stored under an id of their own",
    (select count(*) from inbound where status = 'decided')::float8 as "texts decided",
    answered.stored::float8 as "replies stored",
    least(answered.fit, answered.texts)::float8 as "replies that are right for their text",
    answered.delivered::float8 as "replies delivered",
    (select count(*) from outbox)::float8 as "replies still in the outbox",
    (select count(*) from runs)::float8 as runs,
    (select count(*) from runs where status = 'ended' and outcome = 'completed')::float8 as "runs completed",
    (select count(distinct contact_id) from runs where status <> 'ended')::float8 as "people with a run that is not over",
    (select count(distinct cause_id) from trail)::float8 as "steps in the trail",
    (select count(*) from consents where scope like 'list:%' and state = 'confirmed')::float8 as "people who confirmed"
  from answered`;
