import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#server/database/data-source.ts';
import { startEmbeddedPostgres } from '#server/database/embedded/embedded-postgres.ts';
import { migrate } from '#server/database/migrate.ts';
import { migrations } from '#server/migrations/index.ts';
import { createWorkspace, type TestWorkspace, type WorkspaceParts } from '../../support/workspace.ts';
import { endingOf } from './started.ts';

/** A PostgreSQL of the bench's own, durable and tuned as the product's is. */
export interface DatabaseStage {
  /** The PostgreSQL's main process. */
  readonly pid: number;
  /** The workspace that is set up in every fresh database, under the same ids. */
  readonly workspace: TestWorkspace;
  /** A new database with the schema and the workspace, nothing else. */
  fresh(name: string): Promise<FreshDatabase>;
  /** Throws one away that is not needed any more: some are large. */
  drop(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface FreshDatabase {
  readonly url: string;
  readonly source: DataSource;
}

const BLANK = 'blank';

/** Starts PostgreSQL in a fresh folder and sets the workspace up; `settings` are further ones than the product's. */
export async function stageDatabase(
  parts: WorkspaceParts,
  settings: Readonly<Record<string, string>> = {},
): Promise<DatabaseStage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'textloom-bench-'));
  const removing = endingOf(async () => rmSync(dataDir, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDir, settings });
  const stopping = endingOf(() => postgres.stop());
  const opened = new Map<string, DataSource>();
  const open = async (name: string): Promise<FreshDatabase> => {
    const url = postgres.url.replace(/\/textloom(\?|$)/, `/${name}$1`);
    const source = createDataSource({ url, migrations, pool: 6, applicationName: 'bench' });
    opened.set(name, source);
    return { url, source: await source.initialize() };
  };
  const { source: admin } = await open('postgres');
  await admin.query(`create database ${BLANK}`);
  const { source: blank } = await open(BLANK);
  await migrate(blank);
  const workspace = await createWorkspace(blank, parts);
  await blank.destroy();
  return {
    pid: postgres.pid,
    workspace,
    fresh: async (name) => {
      await admin.query(`create database ${name} template ${BLANK}`);
      return await open(name);
    },
    drop: async (name) => {
      await opened.get(name)?.destroy();
      await admin.query(`drop database ${name} with (force)`);
    },
    close: async () => {
      for (const source of opened.values()) if (source.isInitialized) await source.destroy();
      await stopping();
      await removing();
    },
  };
}
