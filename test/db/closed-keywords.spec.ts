import { describe, expect, test } from '@jest/globals';
import { readRoute, routeSentence } from '#server/messages/route-words.ts';
import { publishFlow } from '../support/workspace.ts';
import { counting, template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const stage = stageTexting(() => ({
  flows: [template('double-opt-in'), counting('COUNT', 3)],
  lists: { news: 'double' },
}));

const close = (status: 'paused' | 'archived'): Promise<unknown> =>
  stage.source.query('update flows set status = $2 where id = $1', [stage.workspace.flowIds[0], status]);
const heard = async (text: string, from = phoneOf(1)): Promise<(string | undefined)[]> =>
  (await stage.path.says(from, text)).replies.map((reply) => reply.text);

describe('the keyword of a flow that is not running', () => {
  test.each(['paused', 'archived'] as const)(
    '(%s) is answered, with the standard words or the own',
    async (status) => {
      await close(status);
      expect(await heard('JOIN')).toEqual([expect.stringMatching(/: This is not running at the moment/)]);
      await stage.source.query(`update programs set closed_text = 'We are closed.' where id = $1`, [
        stage.workspace.programId,
      ]);
      expect(await heard('join!')).toEqual(['We are closed.']);
    },
  );

  test('says why it was answered so', async () => {
    await close('paused');
    const { id } = await stage.path.says(phoneOf(1), 'JOIN');
    const [{ route }] = await stage.source.query('select route from inbound where id = $1', [id]);
    const read = readRoute(route);
    expect(read).toMatchObject({ by: 'closed', word: 'JOIN', flowId: stage.workspace.flowIds[0] });
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
    await publishFlow(stage.source, stage.workspace.id, template('double-opt-in'));
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
    await stage.source.query(`update flows set status = 'live' where id = $1`, [stage.workspace.flowIds[0]]);
    expect(await heard('JOIN')).toEqual([expect.stringMatching(/Reply YES/)]);
  });
});
