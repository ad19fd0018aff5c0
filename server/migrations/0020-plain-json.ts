import type { MigrationInterface, QueryRunner } from 'typeorm';

/** JSON that is only ever read back whole: what a text was taken for, what else came with it, a run's memory and its trail. */
const COLUMNS = [
  ['inbound', 'route'],
  ['inbound', 'extra'],
  ['runs', 'context'],
  ['trail', 'steps'],
] as const;

/**
 * What every decided text writes is stored as the JSON text it is (`json`), since nothing looks into it: taking it apart into `jsonb`
 * cost more than all else of a row. People without tags are left out of the index of tags. Rewrites the tables; each is locked for
 * that time. Assumes nothing about stored rows.
 */
export class PlainJson1763000000020 implements MigrationInterface {
  readonly name = 'PlainJson1763000000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS)
      await runner.query(`alter table ${table} alter column ${column} type json using ${column}::json`);
    await runner.query('drop index contacts_tags');
    await runner.query(`create index contacts_tags on contacts using gin (tags) where tags <> '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS)
      await runner.query(`alter table ${table} alter column ${column} type jsonb using ${column}::jsonb`);
    await runner.query('drop index contacts_tags');
    await runner.query('create index contacts_tags on contacts using gin (tags)');
  }
}
