// Builds what is out of date and measures it: npm run bench [-- --help]
import { join } from 'node:path';
import { build } from './support/build-steps.mjs';
import { ROOT, runNode, SERVER_FLAGS } from './support/run.mjs';

try {
  await build('server');
} catch (error) {
  console.error(`\n${error.message}`);
  process.exit(1);
}

// The benches are TypeScript; what they measure is the built server and engine.
const loader = join(ROOT, 'test/support/ts-loader.mjs');
process.exit(
  await runNode([
    ...SERVER_FLAGS,
    '--import',
    loader,
    join(ROOT, 'test/bench/main.ts'),
    ...process.argv.slice(2),
  ]),
);
