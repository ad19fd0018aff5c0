import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Calls are claimed by their far end, so that one which hangs has its own few under way and the others theirs. The far end is the host
 * of a request, and of anything else its kind. Rewrites the table, which holds what is under way or due. Assumes nothing about stored
 * rows.
 */
export class CallsByFarEnd1763000000032 implements MigrationInterface {
  readonly name = 'CallsByFarEnd1763000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table calls add column far_end text not null generated always as (
      case kind when 'webhook' then coalesce(lower(substring(payload ->> 'url' from '^[a-zA-Z]+://([^/?#]*)')), '') else kind end) stored`);
    await runner.query('create index calls_by_end on calls (far_end, due_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table calls drop column far_end');
  }
}
