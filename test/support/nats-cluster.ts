import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { freePort } from './free-port.ts';
import { startNats, type TestNats } from './nats.ts';

/** Several servers that keep one JetStream together, each of which can be killed and come back. */
export interface NatsCluster {
  /** Of all servers, as NATS_URL has them. */
  readonly url: string;
  readonly servers: readonly TestNats[];
  /** The server that leads a stream now; waits until one does. */
  leaderOf(stream: string): Promise<TestNats>;
  close(): Promise<void>;
}

/** Starts so many on free ports. Where there is one it stands alone. */
export async function startNatsCluster(program: string, size: number): Promise<NatsCluster> {
  const ports: number[] = [];
  while (ports.length < size) ports.push(await freePort());
  const routes = ports.map((port) => `nats://127.0.0.1:${port}`);
  const started = await Promise.allSettled(
    routes.map((route, n) => startNats(program, size === 1 ? [] : inCluster(`n${n}`, route, routes))),
  );
  const servers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const close = async (): Promise<void> => {
    for (const server of servers) await server.close();
  };
  if (servers.length < size) {
    await close();
    throw new Error('A nats-server of the cluster does not start.');
  }
  const url = servers.map((server) => server.url).join(',');
  return { url, servers, leaderOf: (stream) => leaderAmong(servers, stream), close };
}

const inCluster = (name: string, route: string, routes: readonly string[]): string[] => [
  ...['-n', name, '--cluster_name', 'textloom', '--cluster', route],
  ...['--routes', routes.filter((other) => other !== route).join(',')],
];

/** While they choose one, and until those that came back know it, nobody answers. */
async function leaderAmong(servers: readonly TestNats[], stream: string): Promise<TestNats> {
  for (let waited = 0; waited < 60_000; waited += 200) {
    const name = await askLeader(
      servers.map(({ url }) => url),
      stream,
    ).catch(() => undefined);
    const leader = servers.find((_, n) => name === `n${n}`);
    if (leader) return leader;
    await sleep(200);
  }
  throw new Error(`Nobody leads ${stream}.`);
}

async function askLeader(urls: string[], stream: string): Promise<string | undefined> {
  const connection = await connect({ servers: urls, timeout: 2_000 });
  try {
    const manager = await jetstreamManager(connection, { timeout: 2_000, checkAPI: false });
    return (await manager.streams.info(stream)).cluster?.leader;
  } finally {
    await connection.close();
  }
}
