import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A text is marked when it is sent and again when it is delivered, whole batches of neighbours at once. Pages of texts that go out
 * are filled to half, so that a mark stays on its page and touches no index. What is stored keeps its pages. Assumes nothing about
 * stored rows.
 */
export class RoomForMarks1763000000021 implements MigrationInterface {
  readonly name = 'RoomForMarks1763000000021';

  up(runner: QueryRunner): Promise<void> {
    return fill(runner, 55);
  }

  down(runner: QueryRunner): Promise<void> {
    return fill(runner, 85);
  }
}

async function fill(runner: QueryRunner, percent: number): Promise<void> {
  const parts: { name: string }[] = await runner.query(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'outbound'::regclass`,
  );
  for (const { name } of parts) await runner.query(`alter table ${name} set (fillfactor = ${percent})`);
}
