import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { isAlive } from '#server/database/embedded/postmaster.ts';

/** Says its pid, and when it is asked to end it takes a moment to tidy up. */
const TIDY = `
  process.on('SIGTERM', () => setTimeout(() => { console.log('tidy'); process.exit(3); }, 50));
  setInterval(() => undefined, 1000);
  console.log('pid ' + process.pid);`;

const RUNS_IT = `
  import { runNode } from './scripts/support/run.mjs';
  process.exit(await runNode(['--eval', ${JSON.stringify(TIDY)}]));`;

it('a script passes on what ends it, and waits until what it started has tidied up', async () => {
  const script = spawn(process.execPath, ['--input-type=module', '--eval', RUNS_IT]);
  const pid = Number(await said(script, /pid (\d+)/));
  script.kill('SIGTERM');
  const [tidy, [code]] = await Promise.all([said(script, /(tidy)/), once(script, 'exit')]);
  expect([tidy, code, isAlive(pid)]).toEqual(['tidy', 3, false]);
}, 60_000);

async function said({ stdout }: ChildProcess, words: RegExp): Promise<string | undefined> {
  let text = '';
  for await (const chunk of stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += chunk;
    const found = words.exec(text);
    if (found) return found[1];
  }
  throw new Error(`It said only: ${text}`);
}
