import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterNameOf } from './connection.ts';
import { isPostgres, type Postmaster, readPostmaster } from './postmaster.ts';
import { lastWords, type ServerPlan, spawnServer, stopServer } from './server-process.ts';

/** How long old processes of a killed server may take to leave, in ms. */
const PATIENCE = 15_000;
/** What a server says that has to wait for the leftovers of an earlier one. */
const LEFTOVERS =
  /pre-existing shared memory block|lock file "postmaster.pid" already exists|is another postmaster/i;

/**
 * Starts a server and waits until it answers, however long recovery after a power cut takes; tries again while what an
 * earlier one left behind is in the way. Throws what the server said last.
 */
export async function launch(plan: ServerPlan, password: string): Promise<Postmaster> {
  for (let tried = 0; ; tried += 300) {
    const ready = await firstAnswer(spawnServer(plan), plan, password);
    if (ready) return ready;
    const words = lastWords(plan.logFile);
    if (!LEFTOVERS.test(words) || tried >= PATIENCE) {
      throw new Error(`The embedded database did not start. The end of ${plan.logFile}:\n${words}`);
    }
    await sleep(300);
  }
}

/**
 * A server called `name` that survived the app which started it. One with another name (another version, other
 * settings) is stopped, so that ours can follow; a lock file whose process is another program's is removed.
 */
export async function findOrphan(
  folder: string,
  name: string,
  password: string,
): Promise<Postmaster | undefined> {
  const found = readPostmaster(folder);
  if (!found) return undefined;
  for (let waited = 0; isPostgres(found.pid) && waited < PATIENCE; waited += 200) {
    const theirs = await clusterNameOf(found, password);
    if (theirs === name) return found;
    if (theirs !== undefined) break;
    await sleep(200);
  }
  if (isPostgres(found.pid)) await stopServer(folder, found.pid);
  else rmSync(join(folder, 'postmaster.pid'), { force: true });
  return undefined;
}

/** Undefined when the process ends instead of answering. */
async function firstAnswer(
  child: ChildProcess,
  plan: ServerPlan,
  password: string,
): Promise<Postmaster | undefined> {
  for (;;) {
    const found = readPostmaster(plan.folder);
    if (found && found.pid === child.pid && (await clusterNameOf(found, password)) !== undefined)
      return found;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return undefined;
    await sleep(15);
  }
}
