import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sending that no carrier can hold up: the outbox is claimed by gateway and sender, leases stand in a column no index knows,
 * troubled gateways and delivery reports are remembered, and senders have limits. Assumes that texts still queued belong to
 * senders that exist; what is leased at this moment is due again when its old lease would have ended.
 */
export class IsolatedSending1763000000006 implements MigrationInterface {
  readonly name = 'IsolatedSending1763000000006';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...OUTBOX, ...GATEWAYS, ...RECEIPTS, ...LIMITS, ...SWITCH])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of BACK) await runner.query(statement);
  }
}

const OUTBOX = [
  `alter table outbox
    add column sender_id uuid,
    -- Nobody waits for it: marketing that answers no text of the person's. It goes after everything else.
    add column bulk boolean not null default false,
    -- Put off by a rule, such as quiet hours: later texts to the person need not wait for it.
    add column held boolean not null default false,
    -- In no index, so that a claim is a HOT update.
    add column leased_until timestamptz not null default '-infinity',
    -- Its validity counts from here; a replay starts it anew.
    add column queued_at timestamptz not null default now()`,
  `update outbox o set sender_id = m.sender_id, bulk = m.purpose = 'marketing' and m.cause_id is null, queued_at = m.created_at
    from outbound m where m.workspace_id = o.workspace_id and m.id = o.message_id`,
  `delete from outbox where sender_id is null`,
  `alter table outbox alter column sender_id set not null`,
  `drop index outbox_due`,
  `create index outbox_lane on outbox (gateway_id, sender_id, bulk, due_at)`,
  `alter table outbound drop constraint outbound_status_check`,
  `alter table outbound add constraint outbound_status_check
    check (status in ('queued', 'sent', 'delivered', 'failed', 'cancelled', 'expired'))`,
];

const GATEWAYS = [
  // A row only while a gateway is in trouble: until then nothing is sent through it, after it one text tries.
  `create table gateway_troubles (
    gateway_id uuid primary key references gateways on delete cascade,
    since timestamptz not null,
    until timestamptz not null,
    -- How often it was given a rest in a row; each is longer than the last.
    rests integer not null,
    reason text not null
  )`,
];

const RECEIPTS = [
  // Narrow, apart from outbound: an index on its gateway_message_id would cost every text its HOT update.
  `create table carrier_ids (
    workspace_id uuid not null,
    gateway_id uuid not null,
    gateway_message_id text not null,
    contact_id uuid not null,
    message_id uuid not null,
    sent_at timestamptz not null,
    primary key (workspace_id, gateway_id, gateway_message_id)
  )`,
  `create table receipts (
    workspace_id uuid not null,
    gateway_id uuid not null,
    -- The gateway's id; reports on our own id carry that.
    reference text not null,
    status text not null check (status in ('accepted', 'delivered', 'failed', 'unknown')),
    detail text,
    -- By the carrier's clock, where it says so.
    at timestamptz,
    received_at timestamptz not null,
    -- Null while nobody knows which text it is about.
    message_id uuid,
    primary key (workspace_id, gateway_id, reference, status)
  )`,
  `create index receipts_message on receipts (workspace_id, message_id) where message_id is not null`,
  `create index receipts_waiting on receipts (received_at) where message_id is null`,
];

const LIMITS = [
  `alter table senders
    -- Countries it may text; none means its own alone, "*" all.
    add column destinations text[] not null default '{}',
    add column most_segments smallint not null default 10 check (most_segments between 1 and 50),
    add column most_a_day integer check (most_a_day > 0),
    add column over_day text not null default 'tomorrow' check (over_day in ('tomorrow', 'fail')),
    -- After so many minutes in the queue a text is not sent any more; null: what its purpose allows.
    add column valid_minutes integer check (valid_minutes > 0)`,
  // What a sender has sent on a day of its workspace's zone.
  `create table sent_days (
    workspace_id uuid not null,
    sender_id uuid not null,
    day date not null,
    texts integer not null,
    segments integer not null,
    primary key (workspace_id, sender_id, day)
  ) with (fillfactor = 50)`,
];

const SWITCH = [
  `create table sending_switches (
    workspace_id uuid not null,
    id uuid not null,
    person_id uuid references people on delete set null,
    stopped boolean not null,
    at timestamptz not null,
    primary key (workspace_id, id)
  )`,
];

const BACK = [
  'drop table sending_switches',
  'drop table sent_days',
  'alter table senders drop column destinations, drop column most_segments, drop column most_a_day, drop column over_day, drop column valid_minutes',
  'drop table receipts',
  'drop table carrier_ids',
  'drop table gateway_troubles',
  `update outbound set status = 'failed' where status = 'expired'`,
  'alter table outbound drop constraint outbound_status_check',
  `alter table outbound add constraint outbound_status_check check (status in ('queued', 'sent', 'delivered', 'failed', 'cancelled'))`,
  'drop index outbox_lane',
  'alter table outbox drop column sender_id, drop column bulk, drop column held, drop column leased_until, drop column queued_at',
  'create index outbox_due on outbox (due_at)',
];
