// Commands for flows and for whoever runs the server: npm run textloom
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './support/build-steps.mjs';
import { ROOT, runNode, SERVER_FLAGS } from './support/run.mjs';

/** Commands that work on a running server's database. All others work on files. */
const BESIDE_A_SERVER = ['sign-in-link', 'gateway-key', 'consent', 'contacts', 'backup', 'restore'];

const args = process.argv.slice(2);
const isBeside = BESIDE_A_SERVER.includes(args[0]);
const cli = join(ROOT, isBeside ? 'dist/server/admin/main.js' : 'dist/server/cli/main.js');
try {
  // A server that runs was built already; building under it is left to its next start.
  if (!isBeside || !existsSync(cli)) await build('server', { always: !existsSync(cli), out: process.stderr });
} catch (error) {
  console.error(`\n${error.message}`);
  process.exit(1);
}
process.exit(await runNode([...SERVER_FLAGS, cli, ...args]));
