import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The golden conversations of a draft and of each version, and what a version was published in spite of. Assumes nothing about
 * stored flows: they have no conversations yet, and nothing was written down.
 */
export class GoldenConversations1763000000005 implements MigrationInterface {
  readonly name = 'GoldenConversations1763000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table flows add column conversations jsonb not null default '[]',
         add column conversations_revision integer not null default 1`,
    );
    await runner.query(
      `alter table flow_versions add column conversations json not null default '[]',
         add column doubts json not null default '[]'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table flow_versions drop column conversations, drop column doubts');
    await runner.query('alter table flows drop column conversations, drop column conversations_revision');
  }
}
