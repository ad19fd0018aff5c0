// Builds what is out of date and runs the server: npm start
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './support/build-steps.mjs';
import { endWithNpm } from './support/end-with-npm.mjs';
import { ROOT, SERVER_FLAGS } from './support/run.mjs';

try {
  await build('server');
  await build('client');
} catch (error) {
  console.error(`\n${error.message}`);
  process.exit(1);
}

// The channel tells the server when this process is gone, so that it never outlives who started it.
const server = spawn(
  process.execPath,
  [...SERVER_FLAGS, join(ROOT, 'dist/server/main.js'), ...process.argv.slice(2)],
  {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
endWithNpm(() => server.kill('SIGTERM'));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
