import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { template } from './support/flows.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';

const HOUR = 3_600_000;
const people = Array.from({ length: 120 }, (_, n) => phoneOf(n));

let clock: ManualClock;
let database: TestDatabase;
let source: DataSource;
let workspace: TestWorkspace;
let path: HotPath;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
});
afterAll(async () => {
  await path?.close();
  await database?.close();
});
beforeEach(async () => {
  await path?.close();
  clock = new ManualClock();
  workspace = await createWorkspace(source, {
    flows: [template('contest')],
    contests: { 'prize-draw': new Date(clock.now() + HOUR) },
  });
  path = await openHotPath(database.url, workspace, clock);
});

const say = (text: string) => Promise.all(people.map((person) => path.says(person, text)));
const entries = async (): Promise<number> => {
  const [row] = await source.query('select count(*)::int as n from contest_entries where workspace_id = $1', [
    workspace.id,
  ]);
  return row.n;
};

describe('a contest', () => {
  test('counts everybody once, however often they come back', async () => {
    for (let round = 0; round < 3; round++) {
      await say('WIN');
      const answers = await say('YES');
      expect(answers.every(({ replies }) => replies.length === 1)).toBe(true);
      await say('Ada');
    }
    expect(await entries()).toBe(people.length);
  });

  test('closes by the time of receipt: the last moment counts, the next does not', async () => {
    await say('WIN');
    clock.advance(HOUR - 1);
    const early = await Promise.all(people.slice(0, 60).map((person) => path.says(person, 'YES')));
    clock.advance(1);
    const late = await Promise.all(people.slice(60).map((person) => path.says(person, 'YES')));
    expect(await entries()).toBe(60);
    expect(new Set([...early, ...late].map(({ replies }) => replies[0]?.text)).size).toBe(2);
  });

  test('judges people of one batch each by their own time', async () => {
    await say('WIN');
    const answers = await Promise.all(
      people.map((person, n) => path.says(person, 'YES', { at: clock.now() + (n % 2 === 0 ? 0 : HOUR) })),
    );
    expect(answers.every(({ status }) => status === 'decided')).toBe(true);
    expect(await entries()).toBe(60);
  });
});
