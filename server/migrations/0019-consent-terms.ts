import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a list asks for: on what a consent rests, how long one that is implied lasts, and from which age on; and beside each consent
 * when it lapses, so that what is over is found by an index whatever a list's terms are. Lists that joined with one text took implied
 * consent so far, and go on doing so. When stored consents lapse is worked out once the server runs, list by list. Orders are found by
 * number, for those who are forgotten.
 */
export class ConsentTerms1763000000019 implements MigrationInterface {
  readonly name = 'ConsentTerms1763000000019';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'drop index orders_phone',
      'alter table consents drop column lapses_at',
      'alter table lists drop column basis, drop column implied_days, drop column minimum_age, drop column terms_changed_at',
    ])
      await runner.query(statement);
  }
}

const STATEMENTS = [
  `alter table lists
    add column basis text not null default 'express' check (basis in ('express', 'implied')),
    add column implied_days integer check (implied_days > 0),
    add column minimum_age smallint check (minimum_age between 1 and 99),
    -- Set until the consents that are stored lapse by the terms as they are now.
    add column terms_changed_at timestamptz`,
  `update lists set basis = 'implied' where opt_in = 'single'`,
  `update lists set terms_changed_at = now() where lasts_days is not null or asks_hours is not null`,
  'alter table consents add column lapses_at timestamptz',
  'create index consents_lapse on consents (lapses_at) where lapses_at is not null',
  'create index orders_phone on orders (workspace_id, phone)',
];
