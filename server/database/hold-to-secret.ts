import { createHmac } from 'node:crypto';
import type { DataSource } from 'typeorm';

/**
 * Refuses to start on a database that was used with another secret: its hashes would silently match nothing, and with
 * them the STOP of people who were erased would be lost. The first start on a database settles its secret.
 */
export async function holdToSecret(source: DataSource, secret: string): Promise<void> {
  const print = createHmac('sha256', secret).update('textloom installation').digest();
  await source.query('insert into installation (secret_print) values ($1) on conflict do nothing', [print]);
  const [stored]: { secret_print: Buffer }[] = await source.query('select secret_print from installation');
  if (stored?.secret_print.equals(print)) return;
  throw new Error(
    'This database was set up with another SECRET. Give the first one: it is the variable SECRET of the earlier ' +
      'server, or the file `secret` in its DATA_DIR.',
  );
}
