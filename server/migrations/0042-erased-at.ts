import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a person was erased, so that their texts can say since when they are empty. Who came back keeps the time, for the texts of before.
 * Assumes nothing about those erased before: of them it is not known.
 */
export class ErasedAt1763000000042 implements MigrationInterface {
  readonly name = 'ErasedAt1763000000042';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table contacts add column erased_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table contacts drop column erased_at');
  }
}
