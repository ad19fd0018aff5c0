import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many people each campaign is for, so that lists need not count them; and moves of waiting runs to another version, with what
 * each run came from. Assumes nothing about stored rows: campaigns that began before are counted once.
 */
export class CampaignPeople1763000000014 implements MigrationInterface {
  readonly name = 'CampaignPeople1763000000014';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'drop table moved_runs',
      'drop table run_moves',
      'alter table campaigns drop column people',
    ])
      await runner.query(statement);
  }
}

const STATEMENTS = [
  'alter table campaigns add column people integer not null default 0',
  'update campaigns c set people = (select count(*) from orders o where o.campaign_id = c.id)',
  `create table run_moves (
    workspace_id uuid not null references workspaces,
    id uuid not null,
    flow_id uuid not null references flows,
    from_version_id uuid not null references flow_versions,
    to_version_id uuid not null references flow_versions,
    -- The steps whose people go along.
    nodes text[] not null,
    status text not null check (status in ('running', 'paused', 'done', 'undoing', 'undone')),
    -- How far through the runs it has come, by their ids.
    reached uuid,
    leased_until timestamptz not null,
    created_by uuid references people on delete set null,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (workspace_id, id)
  )`,
  `create index run_moves_flow on run_moves (workspace_id, flow_id, created_at desc)`,
  `create index run_moves_due on run_moves (status) where status in ('running', 'undoing')`,
  `create table moved_runs (
    workspace_id uuid not null,
    move_id uuid not null,
    run_id uuid not null,
    -- Where it stood when it was moved, until it is taken back or ends.
    node text not null,
    place text not null,
    seq integer not null,
    undone boolean not null default false,
    primary key (workspace_id, move_id, run_id)
  )`,
];
