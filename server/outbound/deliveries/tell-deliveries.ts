/**
 * Parts of a statement that write down what runs have to hear of their texts, in the statement that moves these, so that no crash
 * loses it: `awaited` and `untold`. `moved` is a part with workspace_id, id, run_id, status (null where nothing new is known) and
 * blocked; `now` is an expression. A run hears of every text of its own that failed, and of one that arrived where it waits for that.
 * What is learnt while something is being told of the same text is told after it.
 */
export const tellDeliveries = (moved: string, now: string): string => `awaited as (
    update deliveries d set outcome = case t.status when 'delivered' then 'delivered' else 'failed' end,
      blocked = d.blocked or t.blocked, due_at = ${now}
    from (
      select t.*, (select d.ctid from deliveries d where d.workspace_id = t.workspace_id and d.message_id = t.id) as place
      from ${moved} t where t.status in ('delivered', 'failed', 'expired', 'cancelled') offset 0) t
    where d.ctid = t.place
    returning d.workspace_id, d.message_id),
  untold as (
    insert into deliveries (workspace_id, message_id, outcome, blocked, due_at, created_at)
    select t.workspace_id, t.id, case when t.run_id is not null and t.status in ('failed', 'expired') then 'failed' end, t.blocked,
      ${now}, ${now}
    from ${moved} t where (t.blocked or t.run_id is not null and t.status in ('failed', 'expired'))
      and (t.workspace_id, t.id) not in (select workspace_id, message_id from awaited)
    on conflict (workspace_id, message_id) do update set blocked = true, due_at = excluded.due_at
      where excluded.blocked and not deliveries.blocked and deliveries.due_at is not null
    returning 1)`;

/** How many of them there are. */
export const TOLD = `(select count(*) from awaited)::int + (select count(*) from untold)::int`;
