import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fieldOf, messageOf } from '../../common/errors.ts';
import { type DatabaseUser, giveFolder } from './database-user.ts';

/** The name of the database's superuser and of the database. */
export const DATABASE_NAME = 'textloom';

/** How text is kept, sorted and folded, wherever a database is made for us: the same on every system. */
export const TEXT_ARGS = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

/**
 * Makes sure that `folder` holds a database that these binaries can read, and makes an empty one where there is none.
 * `password` guards TCP, where anybody on the machine can knock; the socket's folder is private. Throws a sentence when
 * the data was written by another major version.
 */
export async function ensureCluster(folder: string, user: DatabaseUser, password: string): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) {
    refuseOtherMajor(folder, user.binaries.major);
    giveFolder(folder, user.owner);
    return;
  }
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const secrets = mkdtempSync(`${folder}.secret-`);
  const passwordFile = join(secrets, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [half, secrets, passwordFile]) {
    if (user.owner !== undefined) lchownSync(path, user.owner.uid, user.owner.gid);
  }
  try {
    await initialise(half, user, passwordFile);
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
}

/** Whether a data folder holds a database already. */
export const hasCluster = (dataDir: string): boolean => existsSync(join(dataDir, 'postgres', 'PG_VERSION'));

/** A password for the database's TCP door, kept beside it. */
export function clusterPassword(dataDir: string): string {
  const file = join(dataDir, 'postgres.password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

async function initialise(folder: string, user: DatabaseUser, passwordFile: string): Promise<void> {
  const { file, args, ...ids } = user.command(user.binaries.initdb, [
    `--pgdata=${folder}`,
    `--username=${DATABASE_NAME}`,
    `--pwfile=${passwordFile}`,
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    ...TEXT_ARGS,
    '--no-instructions',
  ]);
  try {
    await promisify(execFile)(file, [...args], { ...ids, cwd: folder, env: { ...process.env, LC_ALL: 'C' } });
  } catch (error) {
    const said = String(fieldOf(error, 'stderr') ?? messageOf(error)).trim();
    throw new Error(`The embedded database could not be made in ${folder}: ${said}`, { cause: error });
  }
}

function refuseOtherMajor(folder: string, ours: number): void {
  const theirs = Number.parseInt(readFileSync(join(folder, 'PG_VERSION'), 'utf8'), 10);
  if (theirs === ours) return;
  throw new Error(
    `The data in ${folder} was written by PostgreSQL ${theirs}; this Textloom brings PostgreSQL ${ours}, which can't ` +
      `read it. To keep the data, start a PostgreSQL ${theirs} on that folder, copy the database "${DATABASE_NAME}" with ` +
      `pg_dump into a PostgreSQL ${ours} and give that one in DATABASE_URL. To begin anew, move the folder away.`,
  );
}
