import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What people said STOP to is an address, so it is kept for which programs each has spoken, and until when: it does not come back, by
 * being added again or by another sender's taking its name, to text them for another program. Written by the database itself, so that
 * no way of editing senders can forget it. Of senders that are gone their texts in the ledger tell.
 */
export class SenderAddresses1763000000033 implements MigrationInterface {
  readonly name = 'SenderAddresses1763000000033';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'drop trigger senders_address on senders',
      'drop function keep_sender_address()',
      'drop table sender_addresses',
      'drop function address_key(text)',
    ]) {
      await runner.query(statement);
    }
  }
}

const STATEMENTS = [
  // Carriers write numbers with a plus and without, and phones show names as they like.
  `create function address_key(address text) returns text language sql immutable as $$
    select lower(regexp_replace(address, '[^[:alnum:]]', '', 'g'))
  $$`,
  `create table sender_addresses (
    workspace_id uuid not null references workspaces,
    address_key text not null,
    program_id uuid not null references programs on delete cascade,
    until timestamptz,
    primary key (workspace_id, address_key, program_id)
  )`,
  `create function keep_sender_address() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'INSERT' then
      update sender_addresses set until = now()
      where workspace_id = old.workspace_id and address_key = address_key(old.address) and program_id = old.program_id;
    end if;
    if tg_op <> 'DELETE' then
      insert into sender_addresses (workspace_id, address_key, program_id)
      values (new.workspace_id, address_key(new.address), new.program_id)
      on conflict (workspace_id, address_key, program_id) do update set until = null;
    end if;
    return null;
  end $$`,
  `create trigger senders_address after insert or delete or update of address, program_id on senders
    for each row execute function keep_sender_address()`,
  `insert into sender_addresses (workspace_id, address_key, program_id)
    select workspace_id, address_key(address), program_id from senders on conflict do nothing`,
  `insert into sender_addresses (workspace_id, address_key, program_id, until)
    select e.workspace_id, address_key(i.to_address), p.id, max(e.at)
    from consent_ledger e
      join inbound i on i.workspace_id = e.workspace_id and i.id = e.message_id
      join programs p on p.workspace_id = e.workspace_id and e.scope = 'program:' || p.id
    where e.scope like 'program:%' and address_key(i.to_address) <> ''
    group by 1, 2, 3 on conflict do nothing`,
];
