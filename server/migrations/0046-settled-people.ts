import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A campaign that begins writes its people down page by page, so that it shows that it has begun, and is paused, while a crowd is written:
 * up to which id that has been done, and null once all are. Assumes that those that have begun before are written down, as they are.
 */
export class SettledPeople1763000000046 implements MigrationInterface {
  readonly name = 'SettledPeople1763000000046';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table campaigns add column settled_to uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table campaigns drop column settled_to');
  }
}
