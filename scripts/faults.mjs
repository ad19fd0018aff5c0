// Builds what is out of date and breaks it for real: npm run test:faults [-- names]
import { join } from 'node:path';
import { build } from './support/build-steps.mjs';
import { ROOT, runNode } from './support/run.mjs';

try {
  await build('server', { out: process.stderr });
} catch (error) {
  console.error(`\n${error.message}`);
  process.exit(1);
}

const loader = join(ROOT, 'test/support/ts-loader.mjs');
process.exit(
  await runNode(['--import', loader, join(ROOT, 'test/faults/main.ts'), ...process.argv.slice(2)]),
);
