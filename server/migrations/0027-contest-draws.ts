import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Contests are drawn, so that anybody can draw again and see. Every contest has a sealed seed from the beginning; a draw fixes its list
 * of entries before it is held. Assumes that nobody drew from the contests there are.
 */
export class ContestDraws1763000000027 implements MigrationInterface {
  readonly name = 'ContestDraws1763000000027';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TERMS, ...DRAWS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of BACK) await runner.query(statement);
  }
}

const TERMS = [
  `alter table contests
    add column prize text not null default '',
    add column rules_url text not null default '',
    add column minimum_age smallint,
    add column countries text[] not null default '{}',
    add column excluded_tags text[] not null default '{}',
    add column public_source text not null default '',
    add column claim_days integer,
    -- What the next draw is made from; only its hash is told before. The two uuids hold 244 bits of the server's own chance.
    add column seed text not null
      default encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'),
    -- Since when its hash is shown; null: since the contest was made.
    add column sealed_at timestamptz`,
  // What holds of draws alone is nothing that texts are decided by.
  'drop trigger contests_revision on contests',
  `create trigger contests_revision after insert or delete or update of closes_at on contests
    for each row execute function bump_revision()`,
  `alter table contest_entries
    alter column run_id drop not null,
    -- Who wrote it down, where it came another way than by text.
    add column entered_by text,
    -- Why a person took it out of draws.
    add column left_out text`,
];

const DRAWS = [
  `create table contest_draws (
    workspace_id uuid not null,
    contest text not null,
    number integer not null,
    because text,
    winners integer not null,
    reserves integer not null,
    closed_at timestamptz not null,
    entries integer not null,
    fingerprint text not null,
    seed text not null,
    sealed_at timestamptz not null,
    listed_at timestamptz not null,
    listed_by text not null,
    public_source text,
    public_value text,
    drawn_at timestamptz,
    drawn_by text,
    primary key (workspace_id, contest, number),
    foreign key (workspace_id, contest) references contests
  )`,
  // The list as it was fixed, in parts, sorted by contact; parts begin at 0.
  `create table contest_draw_lists (
    workspace_id uuid not null,
    contest text not null,
    number integer not null,
    part integer not null,
    contact_ids uuid[] not null,
    primary key (workspace_id, contest, number, part)
  )`,
  `create table contest_draw_left_out (
    workspace_id uuid not null,
    contest text not null,
    number integer not null,
    contact_id uuid not null,
    reason text not null,
    primary key (workspace_id, contest, number, contact_id)
  )`,
  `create table contest_winners (
    workspace_id uuid not null,
    contest text not null,
    number integer not null,
    -- The order in which they were drawn, from 1, and the line of the list, from 1.
    place integer not null,
    line integer not null,
    contact_id uuid not null,
    status text not null check (status in ('winner', 'reserve', 'replaced')),
    -- Since when they are what they are, and why they are no winner any more.
    since timestamptz not null,
    because text,
    claimed_at timestamptz,
    primary key (workspace_id, contest, number, place)
  )`,
  `create table contest_deeds (
    workspace_id uuid not null,
    contest text not null,
    id uuid not null,
    at timestamptz not null,
    person text not null,
    deed text not null,
    contact_id uuid,
    words text,
    primary key (workspace_id, contest, id)
  )`,
];

const BACK = [
  ...['deeds', 'winners', 'draw_left_out', 'draw_lists', 'draws'].map((name) => `drop table contest_${name}`),
  // An entry that came another way than by text has no conversation to name.
  'delete from contest_entries where run_id is null',
  `alter table contest_entries alter column run_id set not null, drop column entered_by, drop column left_out`,
  'drop trigger contests_revision on contests',
  `create trigger contests_revision after insert or update or delete on contests
    for each row execute function bump_revision()`,
  `alter table contests drop column prize, drop column rules_url, drop column minimum_age, drop column countries,
    drop column excluded_tags, drop column public_source, drop column claim_days, drop column seed, drop column sealed_at`,
];
