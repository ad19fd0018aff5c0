import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stood in the inbound log and was no text: passed, so that it holds up nobody, and kept, so that somebody can look at it. */
export class UnreadableEntries1763000000022 implements MigrationInterface {
  readonly name = 'UnreadableEntries1763000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table inbound_log_unreadable (
      partition smallint not null,
      seq bigint not null,
      data bytea not null,
      reason text not null,
      found_at timestamptz not null default now(),
      primary key (partition, seq)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inbound_log_unreadable');
  }
}
