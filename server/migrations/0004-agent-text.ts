import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a program answers people who want to talk to somebody. Assumes nothing about stored programs: without a text they do not
 * hear such words, as before.
 */
export class AgentText1763000000004 implements MigrationInterface {
  readonly name = 'AgentText1763000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table programs add column agent_text text not null default ''`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table programs drop column agent_text');
  }
}
