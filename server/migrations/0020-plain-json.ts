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
 * cost more than all else of a row. People without tags are left out of the index of tags, and whether anybody was ever erased is
 * asked once a transaction, not for every new contact. Rewrites the tables; each is locked for that time. Assumes nothing about
 * stored rows.
 */
export class PlainJson1763000000020 implements MigrationInterface {
  readonly name = 'PlainJson1763000000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS)
      await runner.query(`alter table ${table} alter column ${column} type json using ${column}::json`);
    await runner.query('drop index contacts_tags');
    await runner.query(`create index contacts_tags on contacts using gin (tags) where tags <> '{}'`);
    await runner.query(RETURNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS)
      await runner.query(`alter table ${table} alter column ${column} type jsonb using ${column}::jsonb`);
    await runner.query('drop index contacts_tags');
    await runner.query('create index contacts_tags on contacts using gin (tags)');
    await runner.query(RETURNS_BEFORE);
  }
}

/** The insert of an erased number is left out; whoever looks it up again finds the contact that has come back. */
const RETURNS = `create or replace function contact_returns() returns trigger language plpgsql as $$
  begin
    if current_setting('textloom.none_erased', true) = new.workspace_id::text then
      return new;
    end if;
    if not exists (select 1 from contacts where workspace_id = new.workspace_id and number_print is not null) then
      perform set_config('textloom.none_erased', new.workspace_id::text, true);
      return new;
    end if;
    update contacts set phone = new.phone, number_print = null
    where workspace_id = new.workspace_id and number_print = number_print(new.workspace_id, new.phone);
    return case when found then null else new end;
  end $$`;

const RETURNS_BEFORE = `create or replace function contact_returns() returns trigger language plpgsql as $$
  begin
    if not exists (select 1 from contacts where workspace_id = new.workspace_id and number_print is not null) then
      return new;
    end if;
    update contacts set phone = new.phone, number_print = null
    where workspace_id = new.workspace_id and number_print = number_print(new.workspace_id, new.phone);
    return case when found then null else new end;
  end $$`;
