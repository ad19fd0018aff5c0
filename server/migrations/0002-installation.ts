import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Remembers by a keyed print with which secret a database is used, because the hashes in it (tokens, the numbers of
 * erased people) mean nothing under another one. Assumes nothing about stored rows: the first start fills the table.
 */
export class Installation1763000000002 implements MigrationInterface {
  readonly name = 'Installation1763000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table installation (
      only_row boolean primary key default true check (only_row),
      secret_print bytea not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table installation');
  }
}
