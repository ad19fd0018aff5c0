import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * After how many failures a text is given up is another number for each trouble, and all its attempts counted for each: a far end that had
 * asked for patience eight times and then was out of order once lost it. Now each failure wears a text as much as its own trouble says.
 * Assumes that whatever waits may begin anew.
 */
export class WornTexts1763000000051 implements MigrationInterface {
  readonly name = 'WornTexts1763000000051';

  async up(runner: QueryRunner): Promise<void> {
    // Of 40, where it is given up.
    await runner.query('alter table outbox add column worn smallint not null default 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox drop column worn');
  }
}
