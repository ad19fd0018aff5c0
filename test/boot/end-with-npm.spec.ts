import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';

const HELPER = new URL('../../scripts/support/end-with-npm.mjs', import.meta.url).href;
/** Says its number, waits, and says so when it is to end. */
const SCRIPT = `import { endWithNpm } from '${HELPER}';
  setInterval(() => undefined, 1_000);
  endWithNpm(() => { console.log('ended'); process.exit(0); });
  console.log('began');`;

it('a script that npm started ends when its shell is told to, which tells nobody', async () => {
  // Not the last command: the shell stays, as npm's does.
  const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$1"; :', process.execPath, SCRIPT], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  });
  let said = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  while (!said.includes('began')) await once(shell.stdout, 'data');
  shell.kill('SIGTERM');
  await once(shell.stdout, 'close');
  expect(said).toBe('began\nended\n');
}, 30_000);
