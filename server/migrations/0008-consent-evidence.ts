import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Consent with its evidence: the ledger says who decided and seals the words, so that they can be destroyed and the chain still
 * verifies; texts that may be a STOP wait for somebody to read them; numbers of erased people are kept as keyed prints; lists say
 * how long a consent lasts, programs what their first message has to name. Entries from before keep their hash over the words.
 */
export class ConsentEvidence1763000000008 implements MigrationInterface {
  readonly name = 'ConsentEvidence1763000000008';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'drop table consent_anchors',
      'drop table consent_reviews',
      'drop index contacts_print',
      'alter table contacts drop column number_print',
      'alter table lists drop column lasts_days, drop column asks_hours, drop column countries',
      'alter table programs drop column frequency, drop column terms_url, drop column privacy_url, drop column stop_address',
      'drop index consent_ledger_at',
      'alter table consent_ledger drop column person_id, drop column evidence, drop column salt, drop column seal',
      'drop index consents_scope',
      'create index consents_scope on consents (workspace_id, scope, state)',
    ]) {
      await runner.query(statement);
    }
  }
}

const STATEMENTS = [
  `alter table consent_ledger
    -- Who of ours decided it, where a person did.
    add column person_id uuid,
    -- What was given off the channel: form text, address, file.
    add column evidence jsonb,
    -- seal = sha256(salt, words and evidence); erasing destroys these and the salt, and the seal stays in the chain.
    -- An erased entry from before has an empty seal.
    add column salt bytea,
    add column seal bytea`,
  // Ids and times grow together, so a few pages say where a day lies.
  `create index consent_ledger_at on consent_ledger using brin (at)`,
  `drop index consents_scope`,
  `create index consents_scope on consents (workspace_id, scope, state, since)`,
  `create table consent_reviews (
    workspace_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    program_id uuid not null,
    sender_id uuid not null,
    -- The text in question and the words of it that raised the doubt; null once the person was erased.
    message_id uuid,
    words text,
    at timestamptz not null,
    -- 'revoked' and 'kept' by a person; 'overtaken' where the contact said more clearly what they want.
    decision text check (decision in ('revoked', 'kept', 'overtaken')),
    decided_at timestamptz,
    decided_by uuid,
    primary key (workspace_id, id)
  )`,
  `create index consent_reviews_open on consent_reviews (workspace_id, id) where decision is null`,
  `create index consent_reviews_contact on consent_reviews (workspace_id, contact_id, program_id)`,
  `create table consent_anchors (
    workspace_id uuid not null,
    day date not null,
    entries bigint not null,
    -- sha256 over the anchor before and every entry of the day in the order of their ids.
    hash bytea not null,
    made_at timestamptz not null,
    primary key (workspace_id, day)
  )`,
  `alter table contacts add column number_print bytea`,
  `create unique index contacts_print on contacts (workspace_id, number_print) where number_print is not null`,
  `alter table lists
    -- A confirmed consent lapses after so many days, an unanswered question after so many hours; null: never.
    add column lasts_days integer,
    add column asks_hours integer,
    -- What differs by the country of the person's number: { "DE": { "optIn": "double", "basis": "express", "lastsDays": 730 } }
    add column countries jsonb not null default '{}'`,
  `alter table programs
    add column frequency text not null default '',
    add column terms_url text not null default '',
    add column privacy_url text not null default '',
    add column stop_address text not null default ''`,
];
