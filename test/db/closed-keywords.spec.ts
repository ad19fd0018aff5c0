import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { readRoute, routeSentence } from '#server/messages/route-words.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace, publishFlow, type TestWorkspace } from '../support/workspace.ts';
import { counting, template } from './support/flows.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';

const clock = new ManualClock();
let database: TestDatabase;
let source: DataSource;
let workspace: TestWorkspace;
let path: HotPath;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
});
beforeEach(async () => {
  await path?.close();
  workspace = await createWorkspace(source, {
    flows: [template('double-opt-in'), counting('COUNT', 3)],
    lists: { news: 'double' },
  });
  path = await openHotPath(database.url, workspace, clock);
});
afterAll(async () => {
  await path?.close();
  await database?.close();
});

const close = (status: 'paused' | 'archived'): Promise<unknown> =>
  source.query('update flows set status = $2 where id = $1', [workspace.flowIds[0], status]);
const heard = async (text: string, from = phoneOf(1)): Promise<(string | undefined)[]> =>
  (await path.says(from, text)).replies.map((reply) => reply.text);

describe('the keyword of a flow that is not running', () => {
  test.each(['paused', 'archived'] as const)(
    '(%s) is answered, with the standard words or the own',
    async (status) => {
      await close(status);
      expect(await heard('JOIN')).toEqual([expect.stringMatching(/: This is not running at the moment/)]);
      await source.query(`update programs set closed_text = 'We are closed.' where id = $1`, [
        workspace.programId,
      ]);
      expect(await heard('join!')).toEqual(['We are closed.']);
    },
  );

  test('says why it was answered so', async () => {
    await close('paused');
    const { id } = await path.says(phoneOf(1), 'JOIN');
    const [{ route }] = await source.query('select route from inbound where id = $1', [id]);
    const read = readRoute(route);
    expect(read).toMatchObject({ by: 'closed', word: 'JOIN', flowId: workspace.flowIds[0] });
    expect(read && routeSentence(read, { flow: 'News', sender: '12345', step: '' })).toBe(
      "JOIN is a keyword of “News”, which was not running. It was answered with the program's text for that.",
    );
  });

  test('is no interruption: an open question takes it', async () => {
    await close('paused');
    await heard('COUNT');
    expect(await heard('JOIN')).toEqual(['1 after JOIN']);
  });

  test('yields to a flow that is running and has it too', async () => {
    await close('archived');
    await publishFlow(source, workspace.id, template('double-opt-in'));
    expect(await heard('JOIN')).toEqual([expect.stringMatching(/Reply YES/)]);
  });

  test('is not answered after STOP', async () => {
    await close('paused');
    await heard('STOP');
    expect(await heard('JOIN')).toEqual([]);
  });

  test('starts its flow again once that runs again', async () => {
    await close('paused');
    await heard('JOIN');
    await source.query(`update flows set status = 'live' where id = $1`, [workspace.flowIds[0]]);
    expect(await heard('JOIN')).toEqual([expect.stringMatching(/Reply YES/)]);
  });
});
