import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Primary keys and indexes by contact, or by run, as they are found: the rest of their columns as before. */
const KEYS: readonly [table: string, columns: string][] = [
  ['consents', 'contact_id, workspace_id, scope'],
  ['consent_ledger', 'contact_id, workspace_id, id'],
  ['dedupe', 'contact_id, gateway_message_id, gateway_id, workspace_id'],
  ['outbox', 'contact_id, workspace_id, message_id'],
  ['trail', 'run_id, workspace_id, id'],
];
const INDEXES: readonly [table: string, name: string, columns: string][] = [
  ['inbound', 'inbound_contact', 'contact_id, workspace_id, id'],
  ['outbound', 'outbound_contact', 'contact_id, workspace_id, id'],
  ['runs', 'runs_contact', 'contact_id, workspace_id, id'],
];

/**
 * Every text looks contacts up in eight indexes and adds to most of them: these begin with the contact now, which tells entries apart at
 * the first comparison, where the workspace never does. How a consent stands is in no index any more, and its pages have
 * room, so that a consent that moves touches no index at all. Each table is locked while its index is built; a start that was broken
 * off goes on where it stood. Assumes nothing about stored rows.
 */
export class ContactFirst1763000000029 implements MigrationInterface {
  readonly name = 'ContactFirst1763000000029';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of KEYS) await keyBy(runner, table, columns);
    for (const [table, name, columns] of INDEXES) await indexBy(runner, table, name, columns);
    // Only lists are counted; and no plan for one contact's consent can mistake an index of some scopes for its own.
    await runner.query('drop index if exists consents_scope');
    await runner.query(
      `create index if not exists consents_list on consents (workspace_id, scope) where scope like 'list:%'`,
    );
    await runner.query('alter table consents set (fillfactor = 45)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of KEYS) await keyBy(runner, table, workspaceFirst(table, columns));
    for (const [table, name, columns] of INDEXES)
      await indexBy(runner, table, name, workspaceFirst(table, columns));
    await runner.query('drop index if exists consents_list');
    await indexBy(runner, 'consents', 'consents_scope', 'workspace_id, scope, state, since');
    await runner.query('alter table consents reset (fillfactor)');
  }
}

function workspaceFirst(table: string, columns: string): string {
  if (table === 'dedupe') return 'workspace_id, contact_id, gateway_id, gateway_message_id';
  return `workspace_id, ${columns.replace('workspace_id, ', '')}`;
}

async function keyBy(runner: QueryRunner, table: string, columns: string): Promise<void> {
  const key = `${table}_pkey`;
  if (await isBy(runner, key, columns)) return;
  // One statement: the table is never without its key.
  await runner.query(
    `alter table ${table} drop constraint ${key}, add constraint ${key} primary key (${columns})`,
  );
}

async function indexBy(runner: QueryRunner, table: string, name: string, columns: string): Promise<void> {
  if (await isBy(runner, name, columns)) return;
  await runner.query(`drop index if exists ${name}`);
  await runner.query(`create index ${name} on ${table} (${columns})`);
}

async function isBy(runner: QueryRunner, index: string, columns: string): Promise<boolean> {
  const [row] = await runner.query(
    `select pg_get_indexdef(to_regclass($1)) like '%(' || $2 || ')%' as there`,
    [index, columns],
  );
  return row.there === true;
}
