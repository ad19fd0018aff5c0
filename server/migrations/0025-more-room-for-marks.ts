import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A text that was sent grows by the gateway's id and a time, whole pages of neighbours at once: at 55 % a third of them found no room
 * on their page, and each of those was entered into both indexes again. At 45 % all find room, for less than the entries took. What is
 * stored keeps its pages. Assumes nothing about stored rows.
 */
export class MoreRoomForMarks1763000000025 implements MigrationInterface {
  readonly name = 'MoreRoomForMarks1763000000025';

  up(runner: QueryRunner): Promise<void> {
    return fill(runner, 45);
  }

  down(runner: QueryRunner): Promise<void> {
    return fill(runner, 55);
  }
}

async function fill(runner: QueryRunner, percent: number): Promise<void> {
  const parts: { name: string }[] = await runner.query(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'outbound'::regclass`,
  );
  for (const { name } of parts) await runner.query(`alter table ${name} set (fillfactor = ${percent})`);
}
