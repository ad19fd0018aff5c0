import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

/** A carrier in a process of its own. */
export interface FarEndProcess {
  readonly url: string;
  /** What it got since the last time this was asked. */
  count: () => Promise<{ received: number; different: number }>;
  close: () => void;
}

const countSchema = z.object({ received: z.number(), different: z.number() });

/** Starts it on a free port. */
export async function startFarEnd(): Promise<FarEndProcess> {
  const child = fork(new URL('./far-end.mjs', import.meta.url), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (!child.stdout) throw new Error('The far end has no output.');
  const [line] = await once(child.stdout, 'data');
  const url = `http://127.0.0.1:${String(line).trim()}`;
  return {
    url: `${url}/send`,
    count: async () => countSchema.parse(await (await fetch(`${url}/again`)).json()),
    close: () => void child.kill(),
  };
}
