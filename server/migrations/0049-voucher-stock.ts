import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a pool holds was counted from its codes each time it was shown, a second and more for a million. Whatever statement adds, moves or
 * removes codes now says by how much the stock changed, in a row of its own, so that no batch waits for another; their sum is the stock.
 * Codes that are there are counted once, while nobody changes any. Codes are listed in the order in which they were given.
 */
export class VoucherStock1763000000049 implements MigrationInterface {
  readonly name = 'VoucherStock1763000000049';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const KEYS = 'workspace_id, pool, version_id, arms, given_in';
const STATES = ['available', 'reserved', 'sent', 'redeemed'];

/** What codes come to, once or taken away. */
const codes = (table: string, times: '1' | '-1'): string =>
  `select workspace_id, pool, version_id, arms, date_bin('1 hour', reserved_at, timestamptz 'epoch') as given_in, state, ${times} as n
   from ${table}`;

const told = (moved: string): string => `insert into voucher_stock (${KEYS}, ${STATES.join(', ')})
  select * from (
    select ${KEYS}, ${STATES.map((state) => `coalesce(sum(n) filter (where state = '${state}'), 0) as ${state}`).join(', ')}
    from (${moved}) m group by ${KEYS}) m
  where ${STATES.map((state) => `${state} <> 0`).join(' or ')}`;

const trigger = (event: string, tables: string): string =>
  `create trigger voucher_stock_${event} after ${event} on voucher_codes ${tables} for each statement execute function tell_voucher_stock()`;

const UP = [
  `create table voucher_stock (
    workspace_id uuid not null,
    pool text not null,
    -- What the codes of this row were given by, and in which hour; null where they were not given, or too long ago to ask for the hour.
    version_id uuid,
    arms jsonb,
    given_in timestamptz,
    -- So many more, or fewer, of them are in each state.
    available bigint not null,
    reserved bigint not null,
    sent bigint not null,
    redeemed bigint not null
  )`,
  'create index voucher_stock_pool on voucher_stock (workspace_id, pool)',
  `create function tell_voucher_stock() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' then ${told(codes('come', '1'))};
    elsif tg_op = 'UPDATE' then ${told(`${codes('come', '1')} union all ${codes('gone', '-1')}`)};
    elsif tg_op = 'DELETE' then ${told(codes('gone', '-1'))};
    else delete from voucher_stock;
    end if;
    return null;
  end $$`,
  trigger('insert', 'referencing new table as come'),
  trigger('update', 'referencing old table as gone new table as come'),
  trigger('delete', 'referencing old table as gone'),
  trigger('truncate', ''),
  // The triggers hold whoever changes codes until this is committed.
  told(codes('voucher_codes', '1')),
  'drop index voucher_codes_stock',
  'drop index voucher_codes_given',
  `create index voucher_codes_given on voucher_codes (workspace_id, pool, reserved_at, number) where reserved_at is not null`,
  `create index voucher_codes_gone on voucher_codes (workspace_id, pool, state, reserved_at, number) where state <> 'available'`,
];

const DOWN = [
  'drop index voucher_codes_gone',
  'drop index voucher_codes_given',
  `create index voucher_codes_given on voucher_codes (workspace_id, pool, reserved_at) where reserved_at is not null`,
  `create index voucher_codes_stock on voucher_codes (workspace_id, pool, state)`,
  ...['insert', 'update', 'delete', 'truncate'].map(
    (event) => `drop trigger voucher_stock_${event} on voucher_codes`,
  ),
  'drop function tell_voucher_stock',
  'drop table voucher_stock',
];
