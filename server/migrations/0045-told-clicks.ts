import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A first click stands beside its link until its conversation has heard of it: it was told once, in passing, and lost where texts of the
 * person waited to be decided, or the node ended. Assumes that the clicks there are were told. The index reads the table once.
 */
export class ToldClicks1763000000045 implements MigrationInterface {
  readonly name = 'ToldClicks1763000000045';

  async up(runner: QueryRunner): Promise<void> {
    // When the conversation is to be told; null where nobody clicked, or it was.
    await runner.query('alter table links add column tell_at timestamptz');
    await runner.query('create index links_untold on links (tell_at) where tell_at is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index links_untold');
    await runner.query('alter table links drop column tell_at');
  }
}
