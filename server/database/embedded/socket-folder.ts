import { createHash } from 'node:crypto';
import { chmodSync, lchownSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Systems cut socket paths at 104 bytes or so; PostgreSQL adds `/.s.PGSQL.5432.lock`. */
const LONGEST_FOLDER = 84;

/**
 * A private folder for the database's socket: inside the data folder, or, where that path is too long for a socket, a
 * short one in the system's temporary folder.
 */
export function makeSocketFolder(dataDir: string, owner: { uid: number; gid: number } | undefined): string {
  const inside = join(dataDir, 'run');
  const folder = Buffer.byteLength(inside) <= LONGEST_FOLDER ? inside : shortFolder(dataDir, owner?.uid);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (owner !== undefined) lchownSync(folder, owner.uid, owner.gid);
  return folder;
}

/** The same short name at each start, unless somebody else took it in the folder that everybody writes to. */
function shortFolder(dataDir: string, databaseUser: number | undefined): string {
  const print = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `textloom-${print}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const isOurs = found.isDirectory() && [process.getuid?.() ?? found.uid, databaseUser].includes(found.uid);
  return isOurs ? folder : mkdtempSync(join(tmpdir(), 'textloom-'));
}
