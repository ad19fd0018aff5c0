import { createInterface } from 'node:readline';
import type { Terminal } from './terminal.ts';

/** The terminal this process was started from, or the pipe it was put into. NO_COLOR is heeded. */
export function processTerminal(): Terminal {
  const isPerson = process.stdout.isTTY === true && !process.env.NO_COLOR;
  return {
    say: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
    ask: typed,
    isPerson,
  };
}

async function* typed(prompt: string): AsyncIterable<string> {
  const isPerson = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    ...(isPerson ? { output: process.stdout, prompt } : {}),
  });
  if (isPerson) lines.prompt();
  for await (const line of lines) {
    yield line;
    if (isPerson) lines.prompt();
  }
}
