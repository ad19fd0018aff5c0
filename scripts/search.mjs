// Tries what holds for any case with many cases nobody has tried: npm run test:search [-- patterns of suites, then what jest is to be told]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programOf, ROOT, runNode } from './support/run.mjs';

const args = process.argv.slice(2);
const flags = args.findIndex((arg) => arg.startsWith('-'));
const patterns = flags === -1 ? args : args.slice(0, flags);

const suites = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .map((path) => join('test', path))
  .filter((path) => path.endsWith('.spec.ts'))
  .filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)))
  .filter((path) => readFileSync(join(ROOT, path), 'utf8').includes('support/properties.ts'));

const jest = programOf('jest', 'bin/jest.js');
if (jest === undefined || suites.length === 0) {
  const nothing = `No suite with properties has ${patterns.join(' or ')} in its path.`;
  console.error(jest ? nothing : 'jest is not installed: run `npm ci` without --omit=dev.');
  process.exit(1);
}
const env = {
  PROPERTY_SEED: process.env.PROPERTY_SEED ?? 'random',
  PROPERTY_RUNS: process.env.PROPERTY_RUNS ?? '20',
};
const reporters = ['default', './scripts/support/search-reporter.mjs'];
const jestArgs = [
  '--testTimeout=3600000',
  ...reporters.map((reporter) => `--reporters=${reporter}`),
  ...(flags === -1 ? [] : args.slice(flags)),
  '--runTestsByPath',
  ...suites,
];
process.exit(
  await runNode(
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...jestArgs],
    env,
  ),
);
