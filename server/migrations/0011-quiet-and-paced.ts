import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How fast senders and gateways go, shared by all nodes, and how much marketing one person gets. Assumes nothing about stored
 * rows: without a pace and without caps everything goes as before.
 */
export class QuietAndPaced1763000000011 implements MigrationInterface {
  readonly name = 'QuietAndPaced1763000000011';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table paces');
    await runner.query('alter table senders drop column per_second, drop column campaign');
    await runner.query('alter table workspaces drop column marketing_a_day, drop column marketing_a_week');
  }
}

const STATEMENTS = [
  `alter table senders
    add column per_second real check (per_second > 0),
    -- A campaign registered with the operators: its senders share one pace and one ceiling a day.
    add column campaign text`,
  `alter table workspaces
    add column marketing_a_day smallint check (marketing_a_day > 0),
    add column marketing_a_week smallint check (marketing_a_week > 0)`,
  // Until when each pace is used up: one row stands for any number of tokens.
  `create table paces (
    workspace_id uuid not null,
    key text not null,
    used_until timestamptz not null,
    primary key (workspace_id, key)
  ) with (fillfactor = 50)`,
];
