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
      ...(parts.numberKey === undefined ? {} : { options: `-c textloom.number_key=${parts.numberKey}` }),
      // Cut while it goes from the pool's hands to its user's, a connection has nobody who listens, and an unheard error ends
      // the process. The loss shows in the next query.
      onConnect: (client: PoolClient) => void client.on('error', () => undefined),
    },
  });
}
