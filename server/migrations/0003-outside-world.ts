import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What flows have to do with the world outside: calls that are made after the commit and answered later, short links and their
 * clicks, notices to the team, and tags on contacts. Assumes nothing about stored rows: contacts begin without tags.
 */
export class OutsideWorld1763000000003 implements MigrationInterface {
  readonly name = 'OutsideWorld1763000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'drop trigger workspaces_zone on workspaces',
      'drop function bump_own_revision()',
      'drop table notices',
      'drop table link_clicks',
      'drop table links',
      'drop table calls',
      'alter table contacts drop column tags',
    ]) {
      await runner.query(statement);
    }
  }
}

const STATEMENTS = [
  `alter table contacts add column tags text[] not null default '{}'`,
  `create index contacts_tags on contacts using gin (tags)`,
  `create table calls (
    workspace_id uuid not null,
    -- Also the idempotency key that the far end is told.
    id uuid not null,
    contact_id uuid not null,
    sender_id uuid not null,
    run_id uuid not null,
    -- The run's sequence while it waits; an answer to another one is late. Null where nobody waits for an answer.
    seq integer,
    node text not null,
    kind text not null,
    payload jsonb not null,
    -- The person's text that is under way.
    message text,
    -- The outcome and values of a call that was made and whose answer was not yet taken.
    answer jsonb,
    due_at timestamptz not null,
    attempts smallint not null default 0,
    created_at timestamptz not null,
    primary key (workspace_id, id)
  ) with (fillfactor = 70)`,
  `create index calls_due on calls (due_at)`,
  `create table links (
    code text primary key,
    workspace_id uuid not null,
    contact_id uuid not null,
    run_id uuid not null,
    node text not null,
    name text not null,
    url text not null,
    created_at timestamptz not null,
    -- The first click that was no scanner's.
    clicked_at timestamptz
  )`,
  `create index links_contact on links (workspace_id, contact_id)`,
  `create table link_clicks (
    workspace_id uuid not null,
    code text not null,
    id uuid not null,
    at timestamptz not null,
    -- Why the click is taken for a program's, null for a person's.
    scanner text,
    agent text,
    primary key (workspace_id, code, id)
  )`,
  `create table notices (
    workspace_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    run_id uuid not null,
    node text not null,
    text text not null,
    at timestamptz not null,
    primary key (workspace_id, id)
  )`,
  // Opening hours of people whose country has no one zone are told by the workspace's.
  `create function bump_own_revision() returns trigger language plpgsql as $$
  begin
    new.revision = old.revision + 1;
    return new;
  end $$`,
  `create trigger workspaces_zone before update of time_zone on workspaces
    for each row when (old.time_zone is distinct from new.time_zone) execute function bump_own_revision()`,
];
