import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Wake-ups that nodes claim, so that each is fired by one; campaigns that say why they rest, and that finish being cancelled whatever
 * dies meanwhile; one move of runs at a time in each flow. Assumes that of several moves under way in one flow only the newest is wanted.
 */
export class SharedWakeUps1763000000018 implements MigrationInterface {
  readonly name = 'SharedWakeUps1763000000018';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'alter table moved_runs drop column wake_at',
      'drop index run_moves_under_way',
      'alter table campaigns drop column leaving_out, drop column tries, drop column trouble',
      'drop table wake_claims',
    ])
      await runner.query(statement);
  }
}

const STATEMENTS = [
  // Lost in a crash of the database, and nothing with it: whatever is due is claimed anew.
  `create unlogged table wake_claims (
    run_id uuid primary key,
    -- The connection that claimed it: with its end the claim is void.
    holder integer not null,
    held_until timestamptz not null
  )`,
  `alter table campaigns
    -- Why it was paused by itself, or is tried again later; null where nothing is the matter.
    add column trouble text check (trouble in ('flow-not-live', 'sender-removed', 'fault')),
    -- How often in a row it failed.
    add column tries smallint not null default 0,
    -- It was cancelled, and not everybody is left out yet.
    add column leaving_out boolean not null default false`,
  `update campaigns k set leaving_out = true where status = 'cancelled'
    and exists (select from orders o where o.workspace_id = k.workspace_id and o.campaign_id = k.id and o.outcome is null)`,
  `create index campaigns_leaving_out on campaigns (workspace_id, id) where leaving_out`,
  `update run_moves m set status = 'done', ended_at = m.created_at
    where m.status in ('running', 'paused', 'undoing') and exists (select from run_moves n
      where n.workspace_id = m.workspace_id and n.flow_id = m.flow_id and n.status in ('running', 'paused', 'undoing') and n.id > m.id)`,
  `create unique index run_moves_under_way on run_moves (workspace_id, flow_id) where status in ('running', 'paused', 'undoing')`,
  // When the run would have been woken where it came from.
  `alter table moved_runs add column wake_at timestamptz`,
];
