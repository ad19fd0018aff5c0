import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { parse } from '#flows/definition/parse.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { Prover } from '#server/flows/proving/prover.ts';
import { proveInWorlds } from '#server/flows/proving/prove-in-worlds.ts';

const BUILT = new URL('dist/server/flows/proving/prove.thread.js', `${pathToFileURL(process.cwd())}/`);

let prover: Prover | null = null;
afterEach(() => prover?.onApplicationShutdown());

const template = (at: number) => parse(TEMPLATES[at]?.definition).definition;
const taskFor = (definition: unknown) => ({ definition, worlds: [proofWorld()], accepted: [] });

test('what is proved in a thread of its own is what is proved here, one flow after the other', async () => {
  prover = new Prover({ file: BUILT, time: 20_000, memory: 512, mostWaiting: 5 });
  const tasks = [0, 4].map((at) => taskFor(template(at)));
  const proofs = await Promise.all(tasks.map((task) => prover?.prove(task)));
  expect(proofs).toEqual(tasks.map(proveInWorlds));
});

test('a flow that takes too long is refused, and the next one is proved all the same', async () => {
  prover = new Prover({ file: BUILT, time: 1, memory: 512, mostWaiting: 5 });
  const refused = await prover.prove(taskFor(template(2))).catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 422, code: 'flow.too-big-to-prove' });
  await prover.onApplicationShutdown();
  prover = new Prover({ file: BUILT, time: 20_000, memory: 512, mostWaiting: 5 });
  const broken = await prover.prove(taskFor({ no: 'flow' })).catch((error: unknown) => error);
  expect(broken).toBeInstanceOf(Error);
  expect((await prover.prove(taskFor(template(0)))).blocking).toEqual([]);
});

test('who comes when too many wait is told when to come again; those that wait get their proofs', async () => {
  prover = new Prover({ file: BUILT, time: 20_000, memory: 512, mostWaiting: 1 });
  const task = taskFor(template(0));
  const [first, second, third] = await Promise.allSettled([1, 2, 3].map(() => prover?.prove(task)));
  expect([first?.status, second?.status]).toEqual(['fulfilled', 'fulfilled']);
  expect(third).toMatchObject({
    reason: {
      status: 503,
      code: 'flow.prover-busy',
      details: { headers: { 'retry-after': expect.stringMatching(/^[1-9]/) } },
    },
  });
  expect((await prover.prove(task)).blocking).toEqual([]);
});
