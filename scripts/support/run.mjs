import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(join(ROOT, 'package.json'));

/**
 * What the server is started with wherever it is started: our compiled aliases, no warnings about JSON imports, and a young generation
 * that a few batches fit in. It is collected by one thread: on few cores several spend as much on each other as on the collecting. The
 * old one may grow to twice what lives in it, which keeps memory at some 300 MB: few of a batch's objects live long enough to get there.
 */
export const SERVER_FLAGS = [
  '--conditions=built',
  '--enable-source-maps',
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=32',
  '--no-parallel-scavenge',
  '--heap-growing-percent=100',
];

/**
 * Where a program of an npm package lies; undefined when the package is not installed.
 * @param {string} name @param {string} program its path inside the package
 * @returns {string | undefined}
 */
export function programOf(name, program) {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return join(dirname(require.resolve(join(folder, name, 'package.json'))), program);
    } catch {
      // Not in this node_modules: an outer one may have it.
    }
  }
  return undefined;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs node with these arguments, passes its words through, and passes on to it what this process is told by a signal: it ends first,
 * and tidies up.
 * @param {readonly string[]} args @param {Record<string, string>} [env]
 * @returns {Promise<number>} its exit code
 */
export function runNode(args, env = {}) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    const passOn = (signal) => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, passOn);
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      for (const name of SIGNALS) process.off(name, passOn);
      done(code ?? (signal ? 1 : 0));
    });
  });
}

/**
 * Runs node with these arguments and keeps its words until it has ended: a builder at a terminal draws over our line.
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, said: string }>}
 */
export function runNodeQuietly(args) {
  return new Promise((done, fail) => {
    const env = { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) };
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
    }
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code: code ?? (signal ? 1 : 0), said: said.trim() }));
  });
}
