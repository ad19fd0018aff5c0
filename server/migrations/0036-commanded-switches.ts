import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The history of the switch that stops all sending says which command turned it, where no person did: `restore --stop-sending` did so
 * unseen. Assumes nothing about turns that are stored; a restore of an older backup may have brought the column along already.
 */
export class CommandedSwitches1763000000036 implements MigrationInterface {
  readonly name = 'CommandedSwitches1763000000036';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sending_switches add column if not exists command text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sending_switches drop column command');
  }
}
