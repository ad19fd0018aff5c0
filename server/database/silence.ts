import pg, { type Client } from 'pg';
import type { DataSource } from 'typeorm';

/** When the connections of a pool last said something, in milliseconds of a clock that nobody sets. */
export class Silence {
  private readonly heardAt = new Map<Client, number>();

  /** Listens to a connection from now on. */
  listen(client: Client): void {
    const hear = (): void => void this.heardAt.set(client, performance.now());
    hear();
    client.connection.stream.on('data', hear);
    client.once('end', () => this.heardAt.delete(client));
  }

  /** Ends all that have said nothing for so many milliseconds, idle or asked. */
  end(milliseconds: number): void {
    const since = performance.now() - milliseconds;
    for (const [client, at] of this.heardAt) if (at <= since) client.connection.stream.destroy();
  }
}

const silences = new WeakMap<DataSource, Silence>();

/** Whose connections these are. */
export function keepSilence(source: DataSource, silence: Silence): void {
  silences.set(source, silence);
}

/**
 * One of these connections had no answer for so many milliseconds: the machine is gone without a word, and all are of no use that have been
 * silent as long. They would keep whoever gets them next waiting as well.
 */
export const endSilent = (source: DataSource, milliseconds: number): void =>
  silences.get(source)?.end(milliseconds);

/** A database that answers nobody new within so many milliseconds is taken for gone. */
const ANSWERS_WITHIN_MS = 5_000;

const asked = new WeakMap<DataSource, Promise<boolean>>();

/** Whether this database answers somebody who connects anew; those who ask at the same time share one connection. Never rejects. */
export function isAnswering(source: DataSource): Promise<boolean> {
  const known = asked.get(source);
  if (known) return known;
  const asking = ask(source).finally(() => asked.delete(source));
  asked.set(source, asking);
  return asking;
}

async function ask({ options }: DataSource): Promise<boolean> {
  const url = 'url' in options ? String(options.url) : '';
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWERS_WITHIN_MS,
    query_timeout: ANSWERS_WITHIN_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    // Whoever refuses in PostgreSQL's own words, such as one of too many, is there.
    return error instanceof pg.DatabaseError;
  } finally {
    client.end().catch(() => undefined);
  }
}
