import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/postgres-adapter';
import pg from 'pg';
import { Server, type ServerOptions } from 'socket.io';
import type { Config } from '../config.ts';
import type { Log } from '../common/log.ts';
import { isOwnOrigin } from './own-origin.ts';

/** Where socket.io answers, on the same port as everything else. */
const SOCKET_PATH = '/socket.io';

/** One connection listens to the other nodes, another speaks to them. */
const CONNECTIONS = 2;
/** NOTIFY takes less than 8,000 bytes; what is longer is put into a table, and its place is told. */
const MOST_NOTIFIED = 7_900;
/**
 * Every node says every five seconds that it is there, and hears itself. A connection that hears nothing for so long is dead, in
 * milliseconds: one whose machine is gone without a word would be listened on for two hours.
 */
const DEAF_AFTER = 15_000;
/** How long the end waits for these connections, in milliseconds. */
const LONGEST_GOODBYE = 1_000;

/**
 * Puts socket.io beside the API: same port, pages of our own origin only, no client bundle, bounded messages. The nodes on one
 * database hear each other through it, over connections of their own that work never holds up.
 */
export class SocketAdapter extends IoAdapter {
  private readonly pool: pg.Pool;

  constructor(
    app: INestApplicationContext,
    private readonly config: Pick<Config, 'publicUrl' | 'databaseUrl'>,
    private readonly log: Log,
  ) {
    super(app);
    this.pool = new pg.Pool({
      connectionString: config.databaseUrl,
      max: CONNECTIONS,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
      keepAlive: true,
      application_name: 'textloom live',
    });
    // A connection that is cut is made anew by the adapter; nobody else has to hear of it.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    giveBackCut(this.pool);
    cutDeaf(this.pool);
  }

  override createIOServer(_port: number, options?: ServerOptions): Server {
    return new Server(this.httpServer, {
      serveClient: false,
      adapter: createAdapter(this.pool, {
        channelPrefix: 'textloom-live',
        tableName: 'live_attachments',
        payloadThreshold: MOST_NOTIFIED,
        errorHandler: (error) => this.log.warn({ err: error }, 'The other nodes could not be told.'),
      }),
      maxHttpBufferSize: 100_000,
      allowRequest: (request: IncomingMessage, decide: (refusal: string | null, allowed: boolean) => void) =>
        decide(null, this.isOurs(request)),
      ...options,
      path: SOCKET_PATH,
    } satisfies Partial<ServerOptions>);
  }

  override async dispose(): Promise<void> {
    await super.dispose();
    // A start that fails meets the adapter while it still connects, and it never gives that connection back.
    const patience = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_GOODBYE).unref());
    await Promise.race([this.pool.end(), patience]);
  }

  /** A page of another origin must not ride on the user's cookie; a program sends no Origin and brings its own key. */
  private isOurs({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers;
    return origin === undefined || isOwnOrigin(origin, host, this.config.publicUrl);
  }
}

/** The adapter forgets the connection it listens on when that is cut; given back, it makes room for the next. */
function giveBackCut(pool: pg.Pool): void {
  const held = new Set<pg.PoolClient>();
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => setImmediate(() => held.has(client) && client.release(true)));
  });
}

/** The adapter listens anew once its connection is cut, and never asks whether that still lives. */
function cutDeaf(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    let patience: NodeJS.Timeout | undefined;
    client.on('notification', () => {
      patience ??= setTimeout(() => client.connection.stream.destroy(), DEAF_AFTER).unref();
      patience.refresh();
    });
    client.once('end', () => clearTimeout(patience));
  });
}
