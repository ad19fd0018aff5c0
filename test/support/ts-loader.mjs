// Lets plain node run our .ts files as Jest does: node --import ./test/support/ts-loader.mjs some.ts
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from '@swc/core';
import jestConfig from '../../jest.config.js';

const [, options] = jestConfig.transform['^.+\\.ts$'];

if (isMainThread) register(import.meta.url);

export async function load(url, context, next) {
  if (!url.endsWith('.ts') || url.includes('/node_modules/')) return await next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), { ...options, filename, swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}
