import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['inbound', 'outbound', 'trail'];

/**
 * Texts and trails by month: the tables are partitioned by ranges of their ids, which carry their time, so keys and queries stay
 * as they are. What is stored becomes the first part as it lies; nothing is copied, and what reads every row locks nobody out.
 * Each step is committed by itself and may be repeated: a start that was broken off goes on where it stood. Assumes that no
 * unique index leaves the id out. Also a place for the words behind a consent, which outlive the month they were texted in.
 */
export class MessagesByMonth1763000000016 implements MigrationInterface {
  readonly name = 'MessagesByMonth1763000000016';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table if not exists consent_texts (
      workspace_id uuid not null,
      contact_id uuid not null,
      -- Of the entry in the ledger.
      id uuid not null,
      -- What the person texted, and what they had last read from us before, as the proof of consent tells it.
      texted json,
      answered json,
      primary key (workspace_id, contact_id, id)
    )`);
    for (const table of TABLES) {
      if (await isParted(runner, table)) continue;
      if (!(await partEmpty(runner, table))) await partFull(runner, table);
    }
  }

  async down(): Promise<void> {
    throw new Error('Texts stay in their months. Restore the backup that was made before the upgrade.');
  }
}

async function isParted(runner: QueryRunner, table: string): Promise<boolean> {
  const [row] = await runner.query(`select relkind = 'p' as parted from pg_class where oid = $1::regclass`, [
    table,
  ]);
  return row.parted;
}

/** The lowest id that a row of a month can have: UUIDv7. The month is that of `time`, an expression, or some months after it. */
async function lowestIdOf(runner: QueryRunner, time: string, monthsAfter: number): Promise<string> {
  const [row] = await runner.query(
    `select lpad(to_hex((extract(epoch from month) * 1000)::bigint), 12, '0') as digits from (
       select (date_trunc('month', (${time}) at time zone 'UTC') + $1 * interval '1 month') at time zone 'UTC' as month) m`,
    [monthsAfter],
  );
  return `${row.digits.slice(0, 8)}-${row.digits.slice(8)}-7000-8000-000000000000`;
}

/** A table without rows has this month begin anew. False where there are rows. */
async function partEmpty(runner: QueryRunner, table: string): Promise<boolean> {
  const bound = await lowestIdOf(runner, 'now()', 0);
  return await inTransaction(runner, async () => {
    await runner.query(`lock table ${table} in access exclusive mode`);
    const [{ full }] = await runner.query(`select exists (select from ${table}) as full`);
    if (!full) await part(runner, table, bound);
    return !full;
  });
}

/** What is there becomes the part before the next month. Another node may go on writing meanwhile. */
async function partFull(runner: QueryRunner, table: string): Promise<void> {
  // A day of room: the month must not end while this is under way.
  const bound = await lowestIdOf(runner, `now() + interval '1 day'`, 1);
  await runner.query(`alter table ${table} drop constraint if exists ${table}_early_ids`);
  await runner.query(
    `alter table ${table} add constraint ${table}_early_ids check (id < '${bound}') not valid`,
  );
  // What a wrong clock has put into the future waits in its own part.
  const [{ strays }] = await runner.query(`select exists (select from ${table} where id >= $1) as strays`, [
    bound,
  ]);
  if (strays) {
    await inTransaction(runner, async () => {
      await runner.query(
        `create table if not exists ${table}_later (like ${table} including all) ${await optionsOf(runner, table)}`,
      );
      await runner.query(`alter table ${table}_later drop constraint if exists ${table}_early_ids`);
      await runner.query(
        `with moved as (delete from ${table} where id >= $1 returning *) insert into ${table}_later select * from moved`,
        [bound],
      );
    });
  }
  // Reads every row, and lets everybody write.
  await runner.query(`alter table ${table} validate constraint ${table}_early_ids`);
  await inTransaction(runner, () => part(runner, table, bound));
}

/** Puts a partitioned table in the place of `table`, which becomes its part before `bound`. Indexes keep their names. */
async function part(runner: QueryRunner, table: string, bound: string): Promise<void> {
  await runner.query(`lock table ${table} in access exclusive mode`);
  const indexes: { name: string; definition: string; key: string | null }[] = await runner.query(
    `select c.relname as name, pg_get_indexdef(c.oid) as definition, pg_get_constraintdef(k.oid) as key
     from pg_index i join pg_class c on c.oid = i.indexrelid left join pg_constraint k on k.conindid = c.oid
     where i.indrelid = $1::regclass`,
    [table],
  );
  const options = await optionsOf(runner, table);
  const [{ later }] = await runner.query('select to_regclass($1) is not null as later', [`${table}_later`]);
  await runner.query(`alter table ${table} rename to ${table}_early`);
  for (const { name } of indexes) await runner.query(`alter index ${name} rename to ${name}_early`);
  await runner.query(
    `create table ${table} (like ${table}_early including all excluding indexes) partition by range (id)`,
  );
  await runner.query(`alter table ${table} drop constraint if exists ${table}_early_ids`);
  for (const { name, definition, key } of indexes) {
    await runner.query(key ? `alter table ${table} add constraint ${name} ${key}` : definition);
  }
  await runner.query(
    `alter table ${table} attach partition ${table}_early for values from (minvalue) to ('${bound}')`,
  );
  await runner.query(`alter table ${table}_early drop constraint if exists ${table}_early_ids`);
  const afterwards = `for values from ('${bound}') to (maxvalue)`;
  if (later) await runner.query(`alter table ${table} attach partition ${table}_later ${afterwards}`);
  else await runner.query(`create table ${table}_later partition of ${table} ${afterwards} ${options}`);
}

/** How full pages are filled, say: what `like` does not take over. */
async function optionsOf(runner: QueryRunner, table: string): Promise<string> {
  const [{ options }] = await runner.query(
    `select coalesce('with (' || array_to_string(reloptions, ', ') || ')', '') as options from pg_class where oid = $1::regclass`,
    [table],
  );
  return options;
}

async function inTransaction<Result>(runner: QueryRunner, work: () => Promise<Result>): Promise<Result> {
  await runner.startTransaction();
  try {
    const result = await work();
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}
