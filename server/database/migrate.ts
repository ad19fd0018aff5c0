import type { DataSource } from 'typeorm';
import { holdToSessions } from './hold-to-sessions.ts';

/** Any number that no other program takes on the same database: every node asks for this lock before it migrates. */
const MIGRATION_LOCK = 7_839_548_201;

/**
 * Brings the schema up to this build's newest migration. Nodes that start together take turns. Returns the names that
 * were run; throws a sentence when the database is newer than this build, or behind a pooler that keeps no sessions.
 */
export async function migrate(source: DataSource): Promise<string[]> {
  await holdToSessions(source);
  const runner = source.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewerSchema(source);
    const ran = await source.runMigrations();
    return ran.map((migration) => migration.name);
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

async function refuseNewerSchema(source: DataSource): Promise<void> {
  const [found]: { present: boolean }[] = await source.query(
    `select to_regclass('migrations') is not null as present`,
  );
  if (!found?.present) return;
  const stored: { name: string }[] = await source.query('select name from migrations order by id');
  const known = new Set(source.migrations.map((migration) => migration.name ?? migration.constructor.name));
  const strange = stored.filter(({ name }) => !known.has(name));
  if (strange.length > 0) {
    throw new Error(
      `This database was last used by a newer Textloom (it has ${strange.map(({ name }) => name).join(', ')}). ` +
        'Start that version, or restore a backup made before the upgrade.',
    );
  }
}
