import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the nodes of one database share: how often somebody tried to sign in, and messages between nodes that are too long for
 * NOTIFY. Both are unlogged, because a crash that empties them harms nobody. Assumes nothing about stored rows.
 */
export class ManyNodes1763000000010 implements MigrationInterface {
  readonly name = 'ManyNodes1763000000010';

  async up(runner: QueryRunner): Promise<void> {
    // As rate-limiter-flexible wants it.
    await runner.query(`create unlogged table sign_in_tries (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    )`);
    // As socket.io's adapter wants it.
    await runner.query(`create unlogged table live_attachments (
      id bigserial primary key,
      created_at timestamptz not null default now(),
      payload bytea
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sign_in_tries');
    await runner.query('drop table live_attachments');
  }
}
