import type { Client, DatabaseError } from 'pg';
import { AdvancedConsoleLogger, DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { GatheringSocket } from './gathering-socket.ts';
import { keepSilence, Silence } from './silence.ts';

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
  /** A statement that has no answer after so many milliseconds is given up, and its connection ends; without it, only the machine's end does. */
  readonly longestMs?: number;
}

/** After so many milliseconds without a word the system asks whether the far machine is there still, and ten seconds later knows. */
const KEEP_ALIVE_MS = 10_000;

/** The one way to a TypeORM DataSource, not yet connected. The schema changes by migrations only, when asked to. */
export function createDataSource(parts: DataSourceParts): DataSource {
  const silence = new Silence();
  const source = new DataSource({
    type: 'postgres',
    url: parts.url,
    entities: parts.entities ?? [],
    migrations: [...(parts.migrations ?? [])],
    migrationsRun: false,
    migrationsTransactionMode: 'each',
    synchronize: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    logger: new NoMigrationsTold(),
    poolSize: parts.pool ?? 10,
    applicationName: parts.applicationName ?? 'textloom',
    extra: {
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      query_timeout: parts.longestMs,
      // Statements that do not wait for each other's answers go out together.
      pipeline: true,
      stream: () => new GatheringSocket(),
      onConnect: (client: Client) => {
        // Cut while it goes from the pool's hands to its user's, a connection has nobody who listens, and an unheard error ends
        // the process. The loss shows in the next query.
        client.on('error', () => undefined);
        endOutlived(client);
        silence.listen(client);
        return setUp(client, parts);
      },
    },
  });
  keepSilence(source, silence);
  return source;
}

/** Whoever migrates says how that goes: TypeORM would print that a migration failed each time it waits for a lock and is tried again. */
class NoMigrationsTold extends AdvancedConsoleLogger {
  override logMigration(): void {}
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

/**
 * Gives a new connection the key, and has the server give up what this end gives up, before anybody uses it. A statement, for poolers such
 * as PgBouncer refuse options at startup.
 */
async function setUp(client: Client, { numberKey, longestMs }: DataSourceParts): Promise<void> {
  const settings = { 'textloom.number_key': numberKey, statement_timeout: longestMs?.toString() };
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  if (set.length === 0) return;
  await client.query('select set_config(k, v, false) from unnest($1::text[], $2::text[]) s(k, v)', [
    set.map(([name]) => name),
    set.map(([, value]) => value),
  ]);
}
