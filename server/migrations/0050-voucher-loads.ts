import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Loading a million codes takes a while, in one transaction: how far it is stands here, beside that transaction, for everybody to see, and
 * whoever calls it back says so here. Rows of what is over are kept for some minutes only.
 */
export class VoucherLoads1763000000050 implements MigrationInterface {
  readonly name = 'VoucherLoads1763000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table voucher_loads (
      workspace_id uuid not null,
      pool text not null,
      id uuid not null,
      -- Null while it was only called back, before it began.
      step text check (step in ('waiting', 'reading', 'checking', 'adding')),
      made boolean not null default false,
      done integer not null default 0,
      total integer not null default 0,
      called_back boolean not null default false,
      -- Too late to call it back, or nothing to call back any more.
      is_over boolean not null default false,
      -- When whoever does it was last heard of.
      seen_at timestamptz not null,
      primary key (workspace_id, pool, id)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table voucher_loads');
  }
}
