import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { binariesIn, type Binaries } from './binaries.ts';

/** A program with its arguments and the user it is to run as. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** As whom the database's programs run. PostgreSQL refuses to run as root, so root hands it to `nobody`. */
export interface DatabaseUser {
  readonly binaries: Binaries;
  /** Who owns the data; undefined: whoever we are. */
  readonly owner: { uid: number; gid: number } | undefined;
  command(file: string, args: readonly string[]): Command;
}

/** Where root keeps programs that nobody can reach in the checkout. */
const CACHE = '/var/cache/textloom';

/**
 * Finds a way to run `binaries` on `dataFolder` (which may not exist yet). As root below a private folder such as
 * /root, `nobody` can't get at either: then a user namespace helps, in which root is called nobody, or the loan of the
 * right to pass through folders, with a copy of the programs. Throws a sentence with the ways out when nothing works.
 */
export function findDatabaseUser(binaries: Binaries, dataFolder: string): DatabaseUser {
  if (process.getuid?.() !== 0) {
    return { binaries, owner: undefined, command: (file, args) => ({ file, args }) };
  }
  const nobody = nobodyIds();
  const isReachable = (folder: string) => firstClosed(folder, nobody.uid) === undefined;
  const programs = isReachable(binaries.folder) ? binaries : undefined;
  const plain: DatabaseUser['command'] = (file, args) => ({ file, args, ...nobody });
  const isDataReachable = isReachable(dirname(dataFolder));
  if (programs && isDataReachable) return { binaries, owner: nobody, command: plain };
  const namespace = { binaries, owner: { uid: 0, gid: 0 }, command: inNamespace };
  if (runs(namespace.command(binaries.postgres, ['--version']))) return namespace;
  if (isDataReachable) return { binaries: copyBinaries(binaries), owner: nobody, command: plain };
  for (const capability of ['dac_read_search', 'dac_override']) {
    const command = withCapability(capability, nobody);
    if (runs(command('true', []))) {
      return { binaries: programs ?? copyBinaries(binaries), owner: nobody, command };
    }
  }
  throw new Error(
    `The database must not run as root, and the user nobody can't get into ${firstClosed(dataFolder, nobody.uid)}. ` +
      'Start Textloom as an ordinary user, put the data elsewhere (DATA_DIR=/var/lib/textloom npm start), ' +
      'or give the address of a PostgreSQL in DATABASE_URL.',
  );
}

/** Gives a folder and all in it to the database's user, if they are another's. */
export function giveFolder(folder: string, owner: { uid: number; gid: number } | undefined): void {
  if (owner === undefined || !existsSync(folder) || statSync(folder).uid === owner.uid) return;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), owner.uid, owner.gid);
  }
  lchownSync(folder, owner.uid, owner.gid);
}

function nobodyIds(): { uid: number; gid: number } {
  const ask = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return { uid: 65_534, gid: 65_534 };
  }
}

/** Root outside, nobody inside: files stay root's. */
function inNamespace(file: string, args: readonly string[]): Command {
  return { file: 'unshare', args: ['--user', '--map-user=65534', '--map-group=65534', file, ...args] };
}

/** `nobody` with one capability: to pass through folders it may not enter. */
function withCapability(capability: string, nobody: { uid: number; gid: number }): DatabaseUser['command'] {
  const identity = [`--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, '--clear-groups'];
  const loan = [`--inh-caps=-all,+${capability}`, `--ambient-caps=-all,+${capability}`];
  return (file, args) => ({ file: 'setpriv', args: [...identity, ...loan, file, ...args] });
}

function runs(command: Command): boolean {
  return spawnSync(command.file, [...command.args], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

/** PostgreSQL asks whether it may run its own programs, and there a lent right doesn't count: hence a copy. */
function copyBinaries(binaries: Binaries): Binaries {
  const folder = join(CACHE, `postgres-${binaries.version}`);
  if (!existsSync(folder)) {
    const half = `${folder}.${process.pid}`;
    mkdirSync(CACHE, { recursive: true, mode: 0o755 });
    cpSync(binaries.folder, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, folder);
  }
  return binariesIn(folder, binaries.version);
}

/** The outermost folder on the way to `path` that a user without groups can't enter. */
function firstClosed(path: string, uid: number): string | undefined {
  const parent = dirname(path);
  const before = parent === path ? undefined : firstClosed(parent, uid);
  if (before !== undefined) return before;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return undefined;
  return found.mode & (found.uid === uid ? 0o100 : 0o001) ? undefined : path;
}
