import { programOf, runNode } from './run.mjs';

/** Our native modules, and the garbage of a suite that starts a server collected as a server collects it: its workers take that over. */
const FLAGS = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=32',
  '--no-parallel-scavenge',
];

/**
 * Runs jest.
 * @param {readonly string[]} args what it is to be told @param {Record<string, string>} env
 * @returns {Promise<number>} its exit code
 */
export async function runJest(args, env) {
  const jest = programOf('jest', 'bin/jest.js');
  if (jest === undefined) throw new Error('jest is not installed: run `npm ci` without --omit=dev.');
  return runNode([...FLAGS, jest, ...args], env);
}
