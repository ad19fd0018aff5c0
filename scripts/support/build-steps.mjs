import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isOutOfDate, writeStamp } from './out-of-date.mjs';
import { programOf, ROOT, runNodeQuietly } from './run.mjs';

const COMMON = ['shared', 'flows', 'tsconfig.base.json', 'package.json', 'package-lock.json'];

/**
 * The two things that are built, what each is built from, and how.
 * @type {Record<'server' | 'client', { says: string, sources: string[], needs: string, program: string, args: string[] }>}
 */
const PARTS = {
  server: {
    says: 'Building the server',
    sources: [...COMMON, 'server'],
    needs: 'typescript',
    program: 'bin/tsc',
    args: ['-b', 'server'],
  },
  client: {
    says: 'Building the client',
    sources: [...COMMON, 'client', 'vite.config.ts'],
    needs: 'vite',
    program: 'bin/vite.js',
    args: ['build', '--logLevel', 'warn'],
  },
};

/**
 * Whether a part is missing or older than its sources. A container has no sources: what it has stands.
 * @param {'server' | 'client'} part
 */
function needsBuild(part) {
  if (!existsSync(join(ROOT, part))) return false;
  return isOutOfDate(
    stampOf(part),
    PARTS[part].sources.map((source) => join(ROOT, source)),
  );
}

/**
 * Builds a part, if it is out of date or `always`. Throws a sentence when it can't.
 * @param {'server' | 'client'} part @param {{ always?: boolean, out?: NodeJS.WritableStream }} [options]
 */
export async function build(part, { always = false, out = process.stdout } = {}) {
  if (!always && !needsBuild(part)) return;
  const { says, needs, program, args } = PARTS[part];
  const path = programOf(needs, program);
  if (path === undefined) {
    throw new Error(
      `The ${part} has to be built, and the packages that build it are not installed (${needs} is missing). ` +
        'Run `npm ci` without --omit=dev (and without NODE_ENV=production), then start again.',
    );
  }
  out.write(`${says} …`);
  const began = Date.now();
  const { code, said } = await runNodeQuietly([path, ...args]);
  out.write(code === 0 ? ` ${((Date.now() - began) / 1000).toFixed(1)} s\n` : '\n');
  if (said) out.write(`${said}\n`);
  if (code !== 0) throw new Error(`${says} failed.${staleInstall()}`);
  writeStamp(stampOf(part), began);
}

function stampOf(part) {
  return join(ROOT, 'dist', `.built-${part}`);
}

/** After a pull, sources may need packages that are not there yet. */
function staleInstall() {
  const changed = (name) => statSync(join(ROOT, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return changed('package-lock.json') > changed('node_modules/.package-lock.json')
    ? ' package-lock.json has changed since the packages were installed: run `npm ci` and try again.'
    : '';
}
