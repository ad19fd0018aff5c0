import type { Client, DatabaseError } from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { GatheringSocket } from './gathering-socket.ts';

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
      stream: () => new GatheringSocket(),
      onConnect: (client: Client) => {
        // Cut while it goes from the pool's hands to its user's, a connection has nobody who listens, and an unheard error ends
        // the process. The loss shows in the next query.
        client.on('error', () => undefined);
        endOutlived(client);
        return parts.numberKey === undefined ? undefined : giveKey(client, parts.numberKey);
      },
    },
  });
}

/**
 * What tells that a connection is alive and of no use any more: its server only reads since a failover (25006), or it holds statements
 * from before a migration changed what they return (0A000).
 */
const OUTLIVED = new Set<string | undefined>(['25006', '0A000']);

/** Ends a connection that is of no use any more as soon as it says so: the pool gives it to nobody else. What was sent is answered yet. */
function endOutlived(client: Client): void {
  client.connection.on('errorMessage', ({ code }: DatabaseError) => {
    if (OUTLIVED.has(code)) client.end().catch(() => undefined);
  });
}

/** Gives a new connection the key before anybody uses it. A statement, for poolers such as PgBouncer refuse options at startup. */
async function giveKey(client: Client, key: string): Promise<void> {
  await client.query("select set_config('textloom.number_key', $1, false)", [key]);
}
