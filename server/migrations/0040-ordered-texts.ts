import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An ordered text gets its id when it is decided, behind all that waits for its person, and not when it is ordered; the order says
 * which it is. Assumes that texts ordered before have their order's id.
 */
export class OrderedTexts1763000000040 implements MigrationInterface {
  readonly name = 'OrderedTexts1763000000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table orders add column message_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table orders drop column message_id');
  }
}
