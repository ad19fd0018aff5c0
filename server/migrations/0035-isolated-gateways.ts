import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A gateway whose account is refused is told from one that fails, and texts that wait to be decided are read gateway by gateway, so that
 * one which floods keeps nobody else waiting. Assumes that gateways in trouble failed: what refused them made texts fail for good before.
 * Texts that wait already, and those of a node that is not upgraded yet, count as one more gateway's.
 */
export class IsolatedGateways1763000000035 implements MigrationInterface {
  readonly name = 'IsolatedGateways1763000000035';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table gateway_troubles add column trouble text not null default 'unavailable'
      check (trouble in ('throttled', 'unavailable', 'unreachable', 'silent', 'refused'))`);
    await runner.query(
      `alter table backlog add column gateway_id uuid not null default '00000000-0000-0000-0000-000000000000'`,
    );
    await runner.query('create index backlog_gateway on backlog (shard, gateway_id, seq)');
    await runner.query('drop index backlog_shard');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('create index backlog_shard on backlog (shard, seq)');
    await runner.query('alter table backlog drop column gateway_id');
    await runner.query('alter table gateway_troubles drop column trouble');
  }
}
