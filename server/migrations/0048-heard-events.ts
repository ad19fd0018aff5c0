import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['links', 'voucher_codes'];

/**
 * An event that some of a person's conversations have heard of, while others could not, was told to all of them again. Assumes nothing
 * about stored rows: what is being told meanwhile is told to all once more.
 */
export class HeardEvents1763000000048 implements MigrationInterface {
  readonly name = 'HeardEvents1763000000048';

  async up(runner: QueryRunner): Promise<void> {
    // The runs that have heard of it; null where nobody has, or all have.
    for (const table of TABLES) await runner.query(`alter table ${table} add column heard uuid[]`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`alter table ${table} drop column heard`);
  }
}
