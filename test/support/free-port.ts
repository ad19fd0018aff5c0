import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that nobody listens on at this moment, for programs that have to be told theirs before they start. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  probe.close();
  await once(probe, 'close');
  return port;
}
