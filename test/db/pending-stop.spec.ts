import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { claimDue } from '../support/claim.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace } from '../support/workspace.ts';
import { counting } from './support/flows.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';

/** As long as a text waits before the next ones are only stored, in milliseconds, and a little more. */
const LATE_MS = 1_100;

const clock = new ManualClock();
let database: TestDatabase;
let path: HotPath;
let slowness = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const workspace = await createWorkspace(database.source, { flows: [counting('COUNT', 5)] });
  path = await openHotPath(database.url, workspace, clock, () => sleep(slowness));
});

afterAll(async () => {
  await path?.close();
  await database?.close();
});

const claimed = async (): Promise<string[]> => {
  const texts = await clientTransaction(database.source, (client) => claimDue(client, clock.now(), 10));
  return texts.map(({ text }) => text);
};

test('nothing goes to a person whose STOP was acknowledged and is not decided yet', async () => {
  const person = phoneOf(1);
  await path.says(person, 'COUNT');
  slowness = LATE_MS;
  const [, stop] = await Promise.all([path.says(person, 'first'), path.says(person, 'STOP')]);
  expect(stop.status).toBe('pending');
  expect(await claimed()).toEqual([]);

  slowness = 0;
  await path.backlog.workOff();
  expect(await claimed()).toEqual([expect.stringMatching(/unsubscribed|stopped|no more/i)]);
});
