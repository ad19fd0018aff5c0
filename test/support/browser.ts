import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { z } from 'zod';

const chromiumSchema = z.object({
  executablePath: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
});

/** `describe` for specs that need a browser: skipped when a person set SKIP_BROWSER=1. */
export const describeInBrowser: (name: string, tests: () => void) => void = process.env.SKIP_BROWSER
  ? describe.skip
  : describe;

/** Starts the Chromium that `npm test` found, or looks for one when jest runs by itself. Close it in afterAll. */
export async function openBrowser(): Promise<Browser> {
  const found = chromiumSchema.parse(JSON.parse(process.env.TEST_CHROMIUM ?? find()));
  return await chromium.launch({
    executablePath: found.executablePath,
    args: found.args,
    env: { ...definedOnly(process.env), ...found.env },
  });
}

function find(): string {
  return execFileSync(
    process.execPath,
    [fileURLToPath(new URL('../../scripts/chromium.mjs', import.meta.url))],
    {
      encoding: 'utf8',
    },
  );
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
