import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Texts that are stored but not decided yet, in the order they were accepted; long texts whose parts are put together before they are
 * decided; and what a program answers to the keyword of a flow that is not running. Assumes that no stored text is pending, which
 * nothing made so far.
 */
export class PendingTexts1763000000007 implements MigrationInterface {
  readonly name = 'PendingTexts1763000000007';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table backlog');
    await runner.query('drop table long_texts');
    await runner.query('alter table programs drop column closed_text');
  }
}

const STATEMENTS = [
  `create table backlog (
    workspace_id uuid not null,
    contact_id uuid not null,
    -- Given under the contact's lock, so that it orders one contact's texts whatever the clocks of the nodes say.
    seq bigint generated always as identity,
    inbound_id uuid not null,
    -- Which share of the contacts it belongs to; one node at a time works on a share.
    shard smallint not null,
    primary key (workspace_id, contact_id, seq)
  )`,
  `create index backlog_shard on backlog (shard, seq)`,
  `create table long_texts (
    workspace_id uuid not null,
    contact_id uuid not null,
    gateway_id uuid not null,
    to_address text not null,
    -- What the network says the parts have in common, with their number: references come round again.
    reference text not null,
    inbound_id uuid not null,
    -- The text of each part, null while it is missing. Not jsonb: a part may end in half a character.
    parts json not null,
    first_at timestamptz not null,
    -- When a text with gaps is decided nevertheless.
    due_at timestamptz not null,
    done boolean not null default false,
    primary key (workspace_id, contact_id, gateway_id, to_address, reference)
  )`,
  `create index long_texts_due on long_texts (due_at)`,
  `alter table programs add column closed_text text not null default ''`,
];
