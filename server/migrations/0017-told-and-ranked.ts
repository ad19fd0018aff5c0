import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What runs have to hear of their texts outlives a crash; answers go before what nobody waits for; operators have paces and days
 * of their own. Assumes of stored texts that nobody waits for those without a cause that sell or inform, and of stored reports that
 * they are about the only time their text was sent.
 */
export class ToldAndRanked1763000000017 implements MigrationInterface {
  readonly name = 'ToldAndRanked1763000000017';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...DELIVERIES, ...REPORTS, ...RANKS, ...OPERATORS])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of BACK) await runner.query(statement);
  }
}

const DELIVERIES = [
  // A row while a run waits to hear what becomes of a text, and from then on until it, or the consent, has been told.
  `create table deliveries (
    workspace_id uuid not null,
    message_id uuid not null,
    -- The run's sequence while it waits; null where it only has to hear that a text failed.
    seq integer,
    outcome text check (outcome in ('delivered', 'failed')),
    -- The gateway's own list says that the person has stopped the sender.
    blocked boolean not null default false,
    -- When it is to be told; null while nothing is known. A lease puts it off.
    due_at timestamptz,
    created_at timestamptz not null,
    primary key (workspace_id, message_id)
  ) with (fillfactor = 70)`,
  `create index deliveries_due on deliveries (due_at) where due_at is not null`,
];

const REPORTS = [
  // When it was last put back in the queue by hand: reports under our own id from before are about another time.
  `alter table outbound add column replayed_at timestamptz`,
  `alter table receipts
    add column blocked boolean not null default false,
    -- The time the text was put back in the queue before it was sent, for reports under our own id.
    add column since timestamptz not null default '-infinity'`,
  `alter table receipts drop constraint receipts_pkey`,
  `alter table receipts add primary key (workspace_id, gateway_id, reference, status, since)`,
];

const RANKS = [
  // In the place of bulk, which nodes of the version before go on writing. 0: somebody waits for it; 1: nobody does; 2: nobody does and it sells, so it may be overtaken.
  `alter table outbox add column rank smallint not null default 0`,
  `update outbox o set rank = case m.purpose when 'marketing' then 2 else 1 end
    from outbound m where m.workspace_id = o.workspace_id and m.id = o.message_id
      and m.cause_id is null and m.purpose in ('marketing', 'service')`,
  `drop index outbox_lane`,
  `create index outbox_lane on outbox (gateway_id, sender_id, rank, due_at)`,
  // Every text is leased once, many of a page at once: room for all of them keeps that from touching an index.
  `alter table outbox set (fillfactor = 40)`,
];

const OPERATORS = [
  // [{ "operator": "US" or "us-t-mobile" or "310260", "perSecond": 10, "mostADay": 2000 }]
  `alter table senders add column operators jsonb not null default '[]'`,
  // The network a person was last seen in, as delivery reports name it. Apart from contacts, whose rows others lock.
  `create table contact_networks (
    workspace_id uuid not null,
    contact_id uuid not null,
    -- Mobile country code and network code [ITU-T E.212], five or six digits.
    network text not null,
    primary key (workspace_id, contact_id)
  ) with (fillfactor = 85)`,
  `alter table sent_days add column operator text not null default ''`,
  `alter table sent_days drop constraint sent_days_pkey`,
  `alter table sent_days add primary key (workspace_id, sender_id, day, operator)`,
];

const BACK = [
  `delete from sent_days where operator <> ''`,
  `alter table sent_days drop constraint sent_days_pkey`,
  `alter table sent_days drop column operator, add primary key (workspace_id, sender_id, day)`,
  'drop table contact_networks',
  'alter table senders drop column operators',
  'drop index outbox_lane',
  'update outbox set bulk = rank = 2',
  'alter table outbox set (fillfactor = 70)',
  'alter table outbox drop column rank',
  'create index outbox_lane on outbox (gateway_id, sender_id, bulk, due_at)',
  `delete from receipts where since <> '-infinity'`,
  'alter table receipts drop constraint receipts_pkey',
  'alter table receipts drop column since, drop column blocked, add primary key (workspace_id, gateway_id, reference, status)',
  'alter table outbound drop column replayed_at',
  'drop table deliveries',
];
