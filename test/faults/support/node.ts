import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, SERVER_FLAGS } from '../../../scripts/support/run.mjs';
import { freePort } from '../../support/free-port.ts';

const CLOCK = new URL('./moved-clock.mjs', import.meta.url).href;
/** How long a node may take to finish what is under way, on a machine with much else to do. */
const LONGEST_END_MS = 60_000;

/** One server of several on the same database, the built one, in a process of its own at an address that stays. */
export class Node {
  private child: ChildProcess | undefined;
  private said = '';
  private state: 'down' | 'up' | 'broken' = 'down';

  private constructor(
    private readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** One that is still to be run. */
  static async on(databaseUrl: string, env: Readonly<Record<string, string>> = {}): Promise<Node> {
    return new Node(await freePort(), { ...env, DATABASE_URL: databaseUrl });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, or starts it again, and waits until it says that it is well. */
  async run(): Promise<void> {
    const child = spawn(
      process.execPath,
      [...SERVER_FLAGS, '--import', CLOCK, join(ROOT, 'dist/server/main.js')],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: {
          ...process.env,
          NODE_ENV: 'production',
          PORT: String(this.port),
          DEMO: 'off',
          LOG_LEVEL: 'error',
          SECRET: 'a secret that only faults know, long enough',
          WEBHOOK_ALLOW: '127.0.0.1',
          ...this.env,
        },
      },
    );
    this.child = child;
    this.said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.said = (this.said + chunk).slice(-20_000);
      });
    for (let waited = 0; waited < 120_000; waited += 50) {
      const answer = await fetch(`${this.url}/health`).catch(() => null);
      if (answer?.ok) {
        this.state = 'up';
        return;
      }
      if (child.exitCode !== null || child.signalCode !== null) break;
      await sleep(50);
    }
    this.state = 'broken';
    throw new Error(`A node did not start: ${this.said}`);
  }

  /** What it wrote to its log last. */
  get log(): string {
    return this.said;
  }

  /** Whether it serves. Throws when it was started and never did. */
  get isUp(): boolean {
    if (this.state === 'broken') throw new Error(`A node did not come back: ${this.said}`);
    return this.state === 'up';
  }

  /** Starts it again, and lets nobody wait. */
  comeBack(): void {
    this.run().catch(() => undefined);
  }

  /** Ends it without a chance to tidy up. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks it to end. Throws when it does not, and ends it then. */
  async stop(): Promise<void> {
    this.go();
    const patience = new AbortController();
    const tooLong = sleep(LONGEST_END_MS, true, { signal: patience.signal }).catch(() => false);
    if ((await Promise.race([this.end('SIGTERM'), tooLong])) === true) {
      await this.kill();
      throw new Error(`A node did not end within ${LONGEST_END_MS / 1_000} seconds: ${this.said}`);
    }
    patience.abort();
  }

  /** Holds it where it is, as a machine that is moved does, until `go`. */
  hold(): void {
    this.child?.kill('SIGSTOP');
  }

  go(): void {
    this.child?.kill('SIGCONT');
  }

  /** Its clock says from now on that it is so many milliseconds later than it is. */
  moveClock(ahead: number): void {
    this.child?.send({ ahead });
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    this.state = 'down';
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
}
