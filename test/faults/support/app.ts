import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readHolder } from '#server/database/data-dir-lock.ts';
import { readPostmaster } from '#server/database/embedded/postmaster.ts';
import { ROOT, SERVER_FLAGS } from '../../../scripts/support/run.mjs';

/** The built app as `npm start` runs it, with its database embedded in its data folder, to be killed. */
export class App {
  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDir: string,
    readonly url: string,
  ) {}

  /** Starts it on that folder and waits until it answers. */
  static async start(dataDir: string): Promise<App> {
    const child = spawn(process.execPath, [...SERVER_FLAGS, join(ROOT, 'dist/server/main.js')], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATA_DIR: dataDir,
        DATABASE_URL: '',
        PORT: '0',
        DEMO: 'off',
        LOG_LEVEL: 'silent',
      },
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    for (let waited = 0; waited < 60_000; waited += 20) {
      const holder = readHolder(dataDir);
      if (holder && holder.pid === child.pid && holder.url) return new App(child, dataDir, holder.url);
      if (child.exitCode !== null) break;
      await sleep(20);
    }
    child.kill('SIGKILL');
    throw new Error(`The app did not start: ${said}`);
  }

  /** Ends the app without a chance to tidy up. */
  async kill(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }

  /** Ends its database the same way; its children notice and leave. */
  killDatabase(): void {
    const postmaster = readPostmaster(join(this.dataDir, 'postgres'));
    if (!postmaster) throw new Error('The database does not run.');
    process.kill(postmaster.pid, 'SIGKILL');
  }

  /** Ends it as a person would, with its database. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exit;
  }
}
