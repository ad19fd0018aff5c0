import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first schema. Every table carries its workspace; what belongs to a contact is keyed by (workspace, contact) so that it can
 * be sharded. Ids are UUIDv7 made by the application, so primary keys grow at one end and sort by time.
 */
export class FirstSchema1763000000001 implements MigrationInterface {
  readonly name = 'FirstSchema1763000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      ...ACCOUNTS,
      ...SENDING,
      ...FLOWS,
      ...CONTACTS,
      ...MESSAGES,
      ...RUNS,
      ...REVISION,
    ]) {
      await runner.query(statement);
    }
  }

  async down(): Promise<void> {
    throw new Error('The first schema cannot be taken back; drop the database instead.');
  }
}

const ACCOUNTS = [
  `create table workspaces (
    id uuid primary key,
    name text not null,
    time_zone text not null default 'UTC',
    sending_stopped boolean not null default false,
    -- Counts every change that decides about texts; the runtime's cache of senders, keywords and lists is keyed by it.
    revision bigint not null default 1,
    created_at timestamptz not null
  )`,
  `create table people (
    id uuid primary key,
    workspace_id uuid not null references workspaces,
    name text not null,
    email text,
    role text not null check (role in ('analyst', 'agent', 'author', 'publisher', 'compliance', 'owner')),
    password_hash text,
    created_at timestamptz not null,
    last_seen_at timestamptz
  )`,
  `create unique index people_email on people (lower(email))`,
  `create index people_workspace on people (workspace_id)`,
  `create table sessions (
    token_hash bytea primary key,
    workspace_id uuid not null references workspaces,
    person_id uuid not null references people on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create table sign_in_links (
    token_hash bytea primary key,
    workspace_id uuid not null references workspaces,
    person_id uuid not null references people on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
];

const SENDING = [
  `create table gateways (
    id uuid primary key,
    workspace_id uuid not null references workspaces,
    name text not null,
    kind text not null,
    key text not null unique,
    config jsonb not null default '{}',
    created_at timestamptz not null
  )`,
  `create table programs (
    id uuid primary key,
    workspace_id uuid not null references workspaces,
    name text not null,
    brand text not null,
    language text not null default 'en',
    contact text not null default '',
    help_text text not null default '',
    stop_text text not null default '',
    start_text text not null default '',
    created_at timestamptz not null
  )`,
  `create table senders (
    id uuid primary key,
    workspace_id uuid not null references workspaces,
    gateway_id uuid not null references gateways,
    program_id uuid not null references programs,
    address text not null,
    kind text not null check (kind in ('short-code', 'long-number', 'toll-free', 'alphanumeric')),
    country text not null,
    created_at timestamptz not null,
    unique (workspace_id, address),
    unique (gateway_id, address)
  )`,
  `create table lists (
    workspace_id uuid not null references workspaces,
    key text not null,
    name text not null,
    opt_in text not null check (opt_in in ('single', 'double')),
    created_at timestamptz not null,
    primary key (workspace_id, key)
  )`,
  `create table contests (
    workspace_id uuid not null references workspaces,
    key text not null,
    name text not null,
    closes_at timestamptz,
    created_at timestamptz not null,
    primary key (workspace_id, key)
  )`,
];

const FLOWS = [
  `create table flows (
    id uuid primary key,
    workspace_id uuid not null references workspaces,
    name text not null,
    status text not null check (status in ('draft', 'live', 'paused', 'archived')),
    draft jsonb not null,
    draft_revision integer not null default 1,
    -- The newest published version, which new runs start on.
    version_id uuid,
    -- Whether the draft's logic differs from that version.
    changed boolean not null default true,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  `create index flows_workspace on flows (workspace_id, updated_at desc)`,
  `create table flow_versions (
    id uuid primary key,
    workspace_id uuid not null references workspaces,
    flow_id uuid not null references flows,
    number integer not null,
    -- json, not jsonb: the bytes of a version never change.
    definition json not null,
    -- What was proved of it, in each world it was published into.
    certificates json not null default '[]',
    note text,
    published_at timestamptz not null,
    published_by uuid references people on delete set null,
    unique (flow_id, number)
  )`,
  `alter table flows add foreign key (version_id) references flow_versions`,
  `create table experiments (
    workspace_id uuid not null references workspaces,
    key text not null,
    flow_id uuid not null references flows,
    node text not null,
    name text not null,
    arms jsonb not null,
    started_at timestamptz not null,
    primary key (workspace_id, key)
  )`,
  // Deltas, one a batch and key; a folder merges them, so that batches never wait on each other for a counter.
  `create table flow_counters (
    id bigint generated always as identity primary key,
    workspace_id uuid not null,
    flow_id uuid not null,
    key text not null,
    delta integer not null
  )`,
  `create index flow_counters_flow on flow_counters (workspace_id, flow_id, key)`,
];

const CONTACTS = [
  `create table contacts (
    workspace_id uuid not null,
    id uuid not null,
    phone text not null,
    language text,
    fields jsonb not null default '{}',
    created_at timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, phone)
  ) with (fillfactor = 90)`,
  `create table consents (
    workspace_id uuid not null,
    contact_id uuid not null,
    -- "list:<key>" or "program:<id>"
    scope text not null,
    state text not null,
    because text,
    since timestamptz not null,
    -- The hash of this scope's newest ledger entry.
    head bytea not null,
    primary key (workspace_id, contact_id, scope)
  )`,
  `create index consents_scope on consents (workspace_id, scope, state)`,
  `create table consent_ledger (
    workspace_id uuid not null,
    contact_id uuid not null,
    id uuid not null,
    scope text not null,
    at timestamptz not null,
    from_state text not null,
    to_state text not null,
    because text not null,
    shown text,
    message_id uuid,
    previous bytea,
    hash bytea not null,
    primary key (workspace_id, contact_id, id)
  )`,
  `create table arms (
    workspace_id uuid not null,
    contact_id uuid not null,
    experiment text not null,
    arm text not null,
    hash_version smallint not null,
    assigned_at timestamptz not null,
    exposed_at timestamptz,
    primary key (workspace_id, contact_id, experiment)
  )`,
  `create index arms_experiment on arms (workspace_id, experiment, arm) where exposed_at is not null`,
  `create table conversions (
    workspace_id uuid not null,
    contact_id uuid not null,
    experiment text not null,
    goal text not null,
    arm text not null,
    run_id uuid not null,
    at timestamptz not null,
    primary key (workspace_id, contact_id, experiment, goal)
  )`,
  `create index conversions_experiment on conversions (workspace_id, experiment, goal, arm)`,
  `create table contest_entries (
    workspace_id uuid not null,
    contest text not null,
    contact_id uuid not null,
    run_id uuid not null,
    at timestamptz not null,
    primary key (workspace_id, contest, contact_id)
  )`,
];

const MESSAGES = [
  `create table inbound (
    workspace_id uuid not null,
    id uuid not null,
    contact_id uuid,
    gateway_id uuid not null,
    sender_id uuid,
    from_address text not null,
    to_address text not null,
    text text not null,
    gateway_message_id text,
    status text not null check (status in ('decided', 'pending', 'set-aside')),
    reason text,
    route jsonb,
    -- Fields of the gateway's body that we do not know, kept as they came.
    extra jsonb,
    received_at timestamptz not null,
    primary key (workspace_id, id)
  )`,
  `create index inbound_contact on inbound (workspace_id, contact_id, id)`,
  `create index inbound_undecided on inbound (workspace_id, id) where status <> 'decided'`,
  // Narrow and kept longer than any gateway retries: a gateway's id is decided once.
  `create table dedupe (
    workspace_id uuid not null,
    contact_id uuid not null,
    gateway_id uuid not null,
    gateway_message_id text not null,
    inbound_id uuid not null,
    received_at timestamptz not null,
    primary key (workspace_id, contact_id, gateway_id, gateway_message_id)
  )`,
  `create table outbound (
    workspace_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    gateway_id uuid not null,
    sender_id uuid not null,
    -- The inbound text this answers, or null for a wake-up.
    cause_id uuid,
    run_id uuid,
    node text,
    text text not null,
    segments smallint not null,
    purpose text not null,
    list text,
    status text not null check (status in ('queued', 'sent', 'delivered', 'failed', 'cancelled')),
    reason text,
    gateway_message_id text,
    created_at timestamptz not null,
    sent_at timestamptz,
    primary key (workspace_id, id)
  ) with (fillfactor = 85)`,
  `create index outbound_contact on outbound (workspace_id, contact_id, id)`,
  `create table outbox (
    workspace_id uuid not null,
    message_id uuid not null,
    contact_id uuid not null,
    gateway_id uuid not null,
    due_at timestamptz not null,
    attempts smallint not null default 0,
    primary key (workspace_id, contact_id, message_id)
  ) with (fillfactor = 70)`,
  `create index outbox_due on outbox (due_at)`,
];

const RUNS = [
  `create table runs (
    workspace_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    sender_id uuid not null,
    flow_id uuid not null,
    version_id uuid not null,
    status text not null check (status in ('active', 'parked', 'ended')),
    outcome text,
    node text not null,
    place text not null,
    context jsonb not null,
    seq integer not null,
    wake_at timestamptz,
    keyword text,
    medium text,
    rest text,
    started_at timestamptz not null,
    ended_at timestamptz,
    primary key (workspace_id, id)
  ) with (fillfactor = 80)`,
  // Newest first: the runs of a flow and how many started lately, and the runs of a person.
  `create index runs_flow on runs (workspace_id, flow_id, id)`,
  `create index runs_contact on runs (workspace_id, contact_id, id)`,
  `create index runs_wake on runs (wake_at) where wake_at is not null`,
  `create table trail (
    workspace_id uuid not null,
    run_id uuid not null,
    id uuid not null,
    -- The inbound text that made the run move, or null.
    cause_id uuid,
    at timestamptz not null,
    steps jsonb not null,
    primary key (workspace_id, run_id, id)
  )`,
];

const REVISION = [
  `create function bump_revision() returns trigger language plpgsql as $$
  begin
    update workspaces set revision = revision + 1
    where id = case when tg_op = 'DELETE' then old.workspace_id else new.workspace_id end;
    return null;
  end $$`,
  ...['gateways', 'programs', 'senders', 'lists', 'contests'].map(
    (table) => `create trigger ${table}_revision after insert or update or delete on ${table}
      for each row execute function bump_revision()`,
  ),
  `create trigger flows_revision after update of status, version_id on flows
    for each row when (old.status is distinct from new.status or old.version_id is distinct from new.version_id)
    execute function bump_revision()`,
];
