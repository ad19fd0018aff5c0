import type { DataSource } from 'typeorm';
import { lockWaits } from './lock-waits.ts';

/** Commits that queue something wait; what it returns lets them go on. */
export async function holdCommits(source: DataSource): Promise<() => Promise<void>> {
  await source.query(`create function held() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock_shared(1); return null; end $$`);
  await source.query(`create constraint trigger held after insert on outbox
    deferrable initially deferred for each row execute function held()`);
  const lock = source.createQueryRunner();
  await lock.query('select pg_advisory_lock(1)');
  return async () => {
    await lock.query('select pg_advisory_unlock(1)');
    await lock.release();
    await source.query('drop function held cascade');
  };
}

/** Somebody waits for a lock in the database. */
export const isHeld = async (source: DataSource): Promise<boolean> => (await lockWaits(source)) > 0;
