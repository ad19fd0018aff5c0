import { programOf, runNode } from './run.mjs';

/**
 * Runs jest on our native modules.
 * @param {readonly string[]} args what it is to be told @param {Record<string, string>} env
 * @returns {Promise<number>} its exit code
 */
export async function runJest(args, env) {
  const jest = programOf('jest', 'bin/jest.js');
  if (jest === undefined) throw new Error('jest is not installed: run `npm ci` without --omit=dev.');
  return runNode(['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...args], env);
}
