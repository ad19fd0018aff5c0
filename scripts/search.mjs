// Tries what holds for any case with many cases nobody has tried: npm run test:search [-- patterns of suites, then what jest is to be told]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runJest } from './support/jest.mjs';
import { ROOT } from './support/run.mjs';

const args = process.argv.slice(2);
const flags = args.findIndex((arg) => arg.startsWith('-'));
const patterns = flags === -1 ? args : args.slice(0, flags);

const suites = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .map((path) => join('test', path))
  .filter((path) => path.endsWith('.spec.ts'))
  .filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)))
  .filter((path) => readFileSync(join(ROOT, path), 'utf8').includes('support/properties.ts'));

if (suites.length === 0) {
  console.error(`No suite with properties has ${patterns.join(' or ')} in its path.`);
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
try {
  process.exit(await runJest(jestArgs, env));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
