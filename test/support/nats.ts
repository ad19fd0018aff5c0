import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A NATS with JetStream for one spec file. */
export interface TestNats {
  readonly url: string;
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>;
  /** Holds it where it is, as a machine that is moved does, until `go`. */
  hold(): void;
  go(): void;
  /** Starts it again on what it has stored, at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts one on a free port with a folder of its own; `more`: what else it is to be told. */
export async function startNats(program: string, more: readonly string[] = []): Promise<TestNats> {
  const folder = mkdtempSync(join(tmpdir(), 'textloom-nats-'));
  let port = -1;
  let child: ChildProcess;
  const run = async (): Promise<void> => {
    const args = [
      '-js',
      '-sd',
      join(folder, 'js'),
      '-a',
      '127.0.0.1',
      '-p',
      String(port),
      '--ports_file_dir',
      folder,
      ...more,
    ];
    child = spawn(program, args, { stdio: 'ignore' });
    port = await portOf(folder, child);
  };
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await run();
  return {
    url: `nats://127.0.0.1:${port}`,
    kill,
    hold: () => void child.kill('SIGSTOP'),
    go: () => void child.kill('SIGCONT'),
    restart: run,
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function portOf(folder: string, { pid, exitCode }: ChildProcess): Promise<number> {
  while (exitCode === null) {
    const name = readdirSync(folder).find((file) => file.endsWith(`_${pid}.ports`));
    const [, port] = (name && /:(\d+)"/.exec(readFileSync(join(folder, name), 'utf8'))) || [];
    if (port) return Number(port);
    await sleep(20);
  }
  throw new Error('nats-server does not start.');
}
