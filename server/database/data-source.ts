import type { PoolClient } from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';

export interface DataSourceParts {
  /** A PostgreSQL address; a unix socket is `postgres://user@localhost/name?host=/folder`. */
  readonly url: string;
  /** Connections held at most. */
  readonly pool?: number;
  readonly entities?: DataSourceOptions['entities'];
  readonly migrations?: readonly (new () => MigrationInterface)[];
  /** Shown by pg_stat_activity. */
  readonly applicationName?: string;
  /** Keys the prints of erased numbers; without it a database in which somebody was erased takes no new contacts. */
  readonly numberKey?: string;
}

/** The one way to a TypeORM DataSource, not yet connected. The schema changes by migrations only, when asked to. */
export function createDataSource(parts: DataSourceParts): DataSource {
  return new DataSource({
    type: 'postgres',
    url: parts.url,
    entities: parts.entities ?? [],
    migrations: [...(parts.migrations ?? [])],
    migrationsRun: false,
    migrationsTransactionMode: 'each',
    synchronize: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: parts.pool ?? 10,
    applicationName: parts.applicationName ?? 'textloom',
    extra: {
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      // Statements that do not wait for each other's answers go out together.
      pipeline: true,
      onConnect: (client: PoolClient) => {
        // Cut while it goes from the pool's hands to its user's, a connection has nobody who listens, and an unheard error ends
        // the process. The loss shows in the next query.
        client.on('error', () => undefined);
        return parts.numberKey === undefined ? undefined : giveKey(client, parts.numberKey);
      },
    },
  });
}

/** Gives a new connection the key before anybody uses it. A statement, for poolers such as PgBouncer refuse options at startup. */
async function giveKey(client: PoolClient, key: string): Promise<void> {
  await client.query("select set_config('textloom.number_key', $1, false)", [key]);
}
