import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { codeOf } from '../common/errors.ts';
import { isAlive } from './embedded/postmaster.ts';

/** Held by the one app that uses a data folder. */
export interface DataDirLock {
  /** Writes where the app answers, for whoever comes second and for commands. */
  announce(url: string): void;
  release(): void;
}

/** Somebody else uses the data folder. The message is fit to be shown as it is. */
export class DataDirBusy extends Error {
  override readonly name = 'DataDirBusy';
}

const holder = z.object({
  pid: z.number().int(),
  /** Tells two processes apart that got the same number one after the other. */
  born: z.string(),
  /** The machine or container: process numbers mean nothing outside it. */
  place: z.string(),
  url: z.string().optional(),
});
type Holder = z.infer<typeof holder>;

/** How often the holder shows that it lives, and how long it may be silent, in ms: for those who can't see its process. */
const BEAT = 2000;
const SILENCE = 7000;

/** Takes the folder for this process. Throws DataDirBusy with a sentence naming pid and address when another has it. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const file = lockFile(dataDir);
  const us: Holder = { pid: process.pid, born: bornOf(process.pid), place: place() };
  while (!create(file, us)) {
    const other = readHolder(dataDir);
    if (other ? await isHeld(file, other) : isFresh(file)) throw busy(dataDir, other);
    rmSync(file, { force: true });
  }
  return hold(file, us);
}

/** Who holds the folder now, dead or alive; undefined when nobody does. */
export function readHolder(dataDir: string): Holder | undefined {
  try {
    return holder.parse(JSON.parse(readFileSync(lockFile(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

function hold(file: string, us: Holder): DataDirLock {
  const beat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // Removed by hand: the next start will tell.
    }
  }, BEAT).unref();
  const remove = () => rmSync(file, { force: true });
  process.once('exit', remove);
  return {
    announce: (url) => writeFileSync(file, JSON.stringify({ ...us, url })),
    release: () => {
      clearInterval(beat);
      process.off('exit', remove);
      remove();
    },
  };
}

function create(file: string, us: Holder): boolean {
  try {
    const made = openSync(file, 'wx', 0o644);
    writeFileSync(made, JSON.stringify(us));
    closeSync(made);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A neighbour's process can be looked at; one of another container only by its heartbeat. */
async function isHeld(file: string, other: Holder): Promise<boolean> {
  if (other.place === place()) return isAlive(other.pid) && bornOf(other.pid) === other.born;
  const seen = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  while (isFresh(file)) {
    await sleep(BEAT / 4);
    if (statSync(file, { throwIfNoEntry: false })?.mtimeMs !== seen) return true;
  }
  return false;
}

function isFresh(file: string): boolean {
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return touched !== undefined && Date.now() - touched < SILENCE;
}

function busy(dataDir: string, other: Holder | undefined): DataDirBusy {
  const who = other
    ? `(pid ${other.pid}${other.url ? `) at ${other.url}` : ', still starting)'}`
    : '(just starting)';
  return new DataDirBusy(
    `Textloom already runs ${who} with this data folder: ${dataDir}. Use that one, stop it first ` +
      `(Ctrl+C where it runs${other ? `, or kill ${other.pid}` : ''}), or start a second one beside it: ` +
      'DATA_DIR=./data-2 PORT=3001 npm start.',
  );
}

function lockFile(dataDir: string): string {
  return join(dataDir, 'textloom.lock');
}

function place(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** When a process began, in whatever words this system tells it. Empty where it can't be asked. */
function bornOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return process.platform === 'win32' ? '' : startedBy(pid);
  }
}

function startedBy(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
