import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
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

/**
 * Finds a way to run `binaries` on `dataFolder` (which may not exist yet). As root below a private folder such as
 * /root, `nobody` can't get at either: then it is lent the right to pass through folders, or a user namespace in which
 * root is called nobody, or a copy of the programs. Throws a sentence with the ways out when nothing works.
 */
export function findDatabaseUser(binaries: Binaries, dataFolder: string): DatabaseUser {
  if (process.getuid?.() !== 0) {
    return { binaries, owner: undefined, command: (file, args) => ({ file, args }) };
  }
  const nobody = nobodyIds();
  const asNobody = (programs: Binaries): DatabaseUser => ({
    binaries: programs,
    owner: nobody,
    command: (file, args) => ({ file, args, ...nobody }),
  });
  const dataReachable = canPass(dirname(dataFolder), nobody.uid);
  if (dataReachable && canPass(binaries.folder, nobody.uid)) return asNobody(binaries);
  for (const wrapped of [...lentPassage(binaries, nobody), namespace(binaries)]) {
    if (runs(wrapped.command(binaries.postgres, ['--version']))) return wrapped;
  }
  if (dataReachable) return asNobody(copyBinaries(binaries, dirname(dataFolder)));
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

/** `nobody` with one capability: to pass through folders it may not enter. */
function lentPassage(binaries: Binaries, nobody: { uid: number; gid: number }): DatabaseUser[] {
  return ['dac_read_search', 'dac_override'].map((capability) => ({
    binaries,
    owner: nobody,
    command: (file, args) => ({
      file: 'setpriv',
      args: [
        `--reuid=${nobody.uid}`,
        `--regid=${nobody.gid}`,
        '--clear-groups',
        `--inh-caps=-all,+${capability}`,
        `--ambient-caps=-all,+${capability}`,
        file,
        ...args,
      ],
    }),
  }));
}

/** Root outside, nobody inside: files stay root's. */
function namespace(binaries: Binaries): DatabaseUser {
  return {
    binaries,
    owner: { uid: 0, gid: 0 },
    command: (file, args) => ({
      file: 'unshare',
      args: ['--user', '--map-user=65534', '--map-group=65534', file, ...args],
    }),
  };
}

function runs(command: Command): boolean {
  return spawnSync(command.file, [...command.args], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

function copyBinaries(binaries: Binaries, to: string): Binaries {
  const folder = join(to, `postgres-programs-${binaries.version}`);
  if (!existsSync(folder)) {
    const half = `${folder}.new`;
    rmSync(half, { recursive: true, force: true });
    cpSync(binaries.folder, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, folder);
  }
  return binariesIn(folder, binaries.version);
}

function canPass(folder: string, uid: number): boolean {
  return firstClosed(folder, uid) === undefined;
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
