import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SERVER_FLAGS } from '../../../scripts/support/run.mjs';
import { endingOf } from './started.ts';

/** The built server in a process of its own. */
export interface ServerStage {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  /** Batches decided since the start, and the pieces of work in them. */
  batches(): Promise<Batches>;
  /** MiB of its heap that are in use. */
  heap(): Promise<number>;
  /** Texts that are stored and not decided yet, as it counted them last. */
  backlog(): Promise<number>;
  /** Moves its clock so many milliseconds ahead of this machine's. */
  shiftClock(ahead: number): void;
  close(): Promise<void>;
}

export interface Batches {
  batches: number;
  works: number;
}

const saidSchema = z.object({ url: z.string() });

/** Starts the server as `npm start` does, on a free port; `flags` are further ones for node. */
export async function stageServer(
  databaseUrl: string,
  replies: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<ServerStage> {
  const file = fileURLToPath(new URL('./server.mjs', import.meta.url));
  const child = spawn(process.execPath, [...SERVER_FLAGS, ...flags, file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      PORT: '0',
      DEMO: 'off',
      LOG_LEVEL: 'warn',
      SECRET: 'a secret that only benches know, long enough',
      BENCH_REPLIES: JSON.stringify(replies),
    },
  });
  const [said] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The server did not start.'))),
  ]);
  const { url } = saidSchema.parse(said);
  const { hostname, port } = new URL(url);
  const read = async (): Promise<(name: string) => number> => {
    const figures = await (await fetch(`${url}/metrics`)).text();
    return (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(figures)?.[1]);
  };
  return {
    pid: child.pid ?? 0,
    host: hostname,
    port: Number(port),
    batches: async () => {
      const figures = await read();
      return { batches: figures('textloom_batch_size_count'), works: figures('textloom_batch_size_sum') };
    },
    heap: async () => (await read())('nodejs_heap_size_used_bytes') / 2 ** 20,
    backlog: async () => (await read())('textloom_backlog_texts'),
    shiftClock: (ahead) => void child.send({ ahead }),
    close: endingOf(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      if (child.connected) child.disconnect();
      await exit;
    }),
  };
}
