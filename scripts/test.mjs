// Runs everything that has to hold, one named step after the other: npm test [-- what jest is to be told]
import { build } from './support/build-steps.mjs';
import { runJest } from './support/jest.mjs';
import { programOf, runNode } from './support/run.mjs';

const jestArgs = process.argv.slice(2);
const env = {};

const steps = [
  ['types', () => program('typescript', 'bin/tsc', ['-b'])],
  ['lint', () => program('@biomejs/biome', 'bin/biome', ['check', '--error-on-warnings'])],
  ['browser', browser],
  ['client', () => build('client').then(() => 0)],
  ['tests', () => runJest(jestArgs, env)],
];

const done = [];
for (const [name, run] of steps) {
  const began = Date.now();
  console.log(`\n— ${name}`);
  const code = await run().catch((error) => {
    console.error(error.message);
    return 1;
  });
  done.push(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (code !== 0) finish(code);
}
finish(0);

async function program(name, path, args) {
  const file = programOf(name, path);
  if (file === undefined) throw new Error(`${name} is not installed: run \`npm ci\` without --omit=dev.`);
  return runNode([file, ...args]);
}

async function browser() {
  if (process.env.SKIP_BROWSER) {
    console.log('SKIP_BROWSER is set: tests that need a browser are left out.');
    return 0;
  }
  const { findChromium } = await import('./chromium.mjs');
  const found = await findChromium((sentence) => console.log(sentence));
  if (!found) {
    console.error(
      'No Chromium was found, and none could be brought. Install Chromium or Chrome, give its path in CHROMIUM_PATH, ' +
        'or leave the browser tests out for once: SKIP_BROWSER=1 npm test',
    );
    return 1;
  }
  console.log(`${found.executablePath}, ${found.source}`);
  env.TEST_CHROMIUM = JSON.stringify(found);
  return 0;
}

function finish(code) {
  const left = steps.slice(done.length).map(([name]) => `--     ${name} (not run)`);
  console.log(`\n${[...done, ...left].join('\n')}\n`);
  process.exit(code);
}
