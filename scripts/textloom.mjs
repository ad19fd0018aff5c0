// Commands for whoever runs the server: npm run textloom -- sign-in-link
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './support/build-steps.mjs';
import { ROOT, runNode, SERVER_FLAGS } from './support/run.mjs';

const cli = join(ROOT, 'dist/server/cli.js');
try {
  // A server that runs was built already; building under it is left to its next start.
  if (!existsSync(cli)) await build('server', { always: true });
} catch (error) {
  console.error(`\n${error.message}`);
  process.exit(1);
}
process.exit(await runNode([...SERVER_FLAGS, cli, ...process.argv.slice(2)]));
