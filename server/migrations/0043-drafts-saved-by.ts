import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A draft keeps who saved it last, so that the editor tells somebody's own changes of another window or device from those of others.
 * Of drafts that were saved before nobody knows.
 */
export class DraftsSavedBy1763000000043 implements MigrationInterface {
  readonly name = 'DraftsSavedBy1763000000043';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table flows add column draft_saved_by uuid references people on delete set null',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table flows drop column draft_saved_by');
  }
}
