import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders to begin a flow with somebody or to send them a text, each decided once; campaigns, which order that of many; and keys with
 * which programs use the API. Assumes nothing about stored rows: before it, flows began with texts only.
 */
export class Orders1763000000009 implements MigrationInterface {
  readonly name = 'Orders1763000000009';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['orders', 'campaigns', 'api_keys']) await runner.query(`drop table ${table}`);
  }
}

const STATEMENTS = [
  `create table api_keys (
    id uuid primary key,
    workspace_id uuid not null references workspaces,
    -- Whoever made it: it can never do more than they may.
    person_id uuid not null references people on delete cascade,
    name text not null,
    role text not null,
    -- The first letters, to be told apart by.
    hint text not null,
    token_hash bytea not null unique,
    created_at timestamptz not null,
    used_at timestamptz
  )`,
  `create index api_keys_workspace on api_keys (workspace_id)`,
  `create table campaigns (
    workspace_id uuid not null references workspaces,
    id uuid not null,
    name text not null,
    flow_id uuid not null references flows,
    version_id uuid not null references flow_versions,
    sender_id uuid not null,
    audience jsonb not null,
    per_minute integer not null,
    schedule jsonb not null,
    status text not null check (status in ('draft', 'scheduled', 'running', 'paused', 'done', 'cancelled')),
    -- One that repeats is a chain: each begins the next, which is scheduled then.
    series_id uuid not null,
    number integer not null default 1,
    -- When it is to begin.
    starts_at timestamptz,
    -- Nobody is begun with before this: the pace, shared by all nodes.
    next_at timestamptz not null,
    -- The node at work has it to itself until then.
    leased_until timestamptz not null,
    created_by uuid references people on delete set null,
    created_at timestamptz not null,
    began_at timestamptz,
    ended_at timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, series_id, number)
  ) with (fillfactor = 70)`,
  `create index campaigns_due on campaigns (status) where status in ('scheduled', 'running')`,
  `create table orders (
    workspace_id uuid not null,
    -- Also the id of the run or text that comes of it.
    id uuid not null,
    campaign_id uuid,
    -- The idempotency key, and the hash of what came with it.
    key text,
    print bytea,
    phone text not null,
    fields jsonb not null default '{}',
    due_at timestamptz not null,
    -- Null while it waits.
    outcome text check (outcome in ('started', 'sent', 'held-back', 'stopped', 'already', 'left-out', 'failed')),
    reason text,
    contact_id uuid,
    run_id uuid,
    decided_at timestamptz,
    primary key (workspace_id, id)
  ) with (fillfactor = 70)`,
  `create unique index orders_key on orders (workspace_id, key) where key is not null`,
  `create unique index orders_person on orders (campaign_id, phone) where campaign_id is not null`,
  `create index orders_waiting on orders (campaign_id, due_at, id) where outcome is null and campaign_id is not null`,
];
