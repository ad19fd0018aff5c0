import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A number that was erased is kept as a keyed print, and whoever comes back with it, by a text, an import or by hand, is the
 * same contact again, so that what they had stopped stays stopped. Done where contacts are inserted, by the database itself,
 * so that no way in can forget it. The key comes with the connection and is nowhere in the database. Assumes nothing about
 * stored rows.
 */
export class ErasedNumbers1763000000013 implements MigrationInterface {
  readonly name = 'ErasedNumbers1763000000013';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'drop trigger contacts_return on contacts',
      'drop function contact_returns()',
      'drop function number_print(uuid, text)',
    ]) {
      await runner.query(statement);
    }
  }
}

const STATEMENTS = [
  `create function number_print(workspace uuid, number text) returns bytea language plpgsql stable as $$
  declare key bytea := convert_to(coalesce(current_setting('textloom.number_key', true), ''), 'UTF8');
  begin
    if length(key) = 0 then
      raise exception 'This connection has no key for the prints of erased numbers (textloom.number_key).';
    end if;
    return sha256(key || sha256(key || convert_to(workspace::text || ' ' || number, 'UTF8')));
  end $$`,
  // The insert is left out; whoever looks the number up again finds the contact that has come back.
  `create function contact_returns() returns trigger language plpgsql as $$
  begin
    if not exists (select 1 from contacts where workspace_id = new.workspace_id and number_print is not null) then
      return new;
    end if;
    update contacts set phone = new.phone, number_print = null
    where workspace_id = new.workspace_id and number_print = number_print(new.workspace_id, new.phone);
    return case when found then null else new end;
  end $$`,
  `create trigger contacts_return before insert on contacts for each row execute function contact_returns()`,
];
