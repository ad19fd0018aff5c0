import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far each partition of the inbound log on NATS is decided, and which node works on it. The position moves in the transaction
 * that decides, so it is the truth; the lease only spares work. Empty where there is no such log.
 */
export class InboundLog1763000000015 implements MigrationInterface {
  readonly name = 'InboundLog1763000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table inbound_log (
      partition smallint primary key,
      -- Of the last message that was decided.
      seq bigint not null default 0,
      -- Everything accepted until then is decided.
      decided_until timestamptz not null default 'epoch'
    )`);
    await runner.query(`create unlogged table inbound_log_leases (
      partition smallint primary key,
      node uuid,
      leased_until timestamptz not null default 'epoch'
    )`);
    await runner.query(`create unlogged table inbound_log_nodes (
      node uuid primary key,
      seen_until timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inbound_log_nodes');
    await runner.query('drop table inbound_log_leases');
    await runner.query('drop table inbound_log');
  }
}
