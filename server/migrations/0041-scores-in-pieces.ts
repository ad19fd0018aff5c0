import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A block of scores is written a piece at a time: `upto` is the last run that was written of one that is not whole yet, whose `runs`
 * are those written so far. Assumes that every block that is there is whole.
 */
export class ScoresInPieces1763000000041 implements MigrationInterface {
  readonly name = 'ScoresInPieces1763000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table survey_blocks add column upto uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('delete from survey_blocks where upto is not null');
    await runner.query('alter table survey_blocks drop column upto');
  }
}
