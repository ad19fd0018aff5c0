import { describe, expect, test } from '@jest/globals';
import { codeOf } from '../support/api-client.ts';
import { stageContests } from '../support/contest-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { publishDraft } from '../support/publish-draft.ts';

const HOUR = 3_600_000;
const stage = stageContests();

describe('entries', () => {
  test('come by text and by letter, everybody once', async () => {
    for (const text of ['WIN', 'YES', 'Ada'])
      await stage.owner.post('/in/simulated/demo', { from: '+447700900711', to: '12345', text });
    stage.key = 'prize-draw';
    const before = await stage.show();
    expect(before.entries).toBeGreaterThan(0);
    const add = (phone: string, more: object = {}) =>
      stage.owner.post(stage.path('/entries'), { phone, ...more });
    expect(codeOf(await add('+447700900711'))).toEqual([409, 'entry.before']);
    expect(codeOf(await add('nobody'))).toEqual([422, 'entry.phone']);
    expect((await add('07700 900712')).status).toBe(204);
    const { body } = await stage.owner.get(stage.path('/entries?search=900712'));
    expect(body).toMatchObject({ total: 1, items: [{ phone: '+447700900712', runId: null }] });
    expect((await stage.show()).freeEntries).toBe(before.freeEntries + 1);
    const file = await stage.owner.get(stage.path('/export'));
    expect(file.text).toContain('+447700900712');
  });

  test('that came in time may be written down after the contest closed', async () => {
    const inTime = new Date(stage.clock.now() - HOUR).toISOString();
    await stage.close();
    const phone = `+4477009008${String(stage.made).padStart(2, '0')}`;
    expect(codeOf(await stage.owner.post(stage.path('/entries'), { phone }))).toEqual([
      409,
      'contest.closed',
    ]);
    const future = new Date(stage.clock.now() + HOUR).toISOString();
    expect(codeOf(await stage.owner.post(stage.path('/entries'), { phone, at: future }))).toEqual([
      422,
      'entry.time',
    ]);
    expect((await stage.owner.post(stage.path('/entries'), { phone, at: inTime })).status).toBe(204);
  });
});

describe('contests', () => {
  test('are listed, searched, closed and, while nobody entered, removed', async () => {
    expect(codeOf(await stage.owner.post('/api/contests', { key: stage.key, name: 'Again' }))).toEqual([
      409,
      'contest.key-taken',
    ]);
    const { body } = await stage.owner.get(`/api/contests?search=${stage.key}&status=open`);
    expect(body).toMatchObject({
      total: 1,
      items: [{ key: stage.key, status: 'open', entries: 0, winners: 0 }],
    });
    await stage.close();
    expect((await stage.owner.get(`/api/contests?search=${stage.key}&status=over`)).body.total).toBe(1);
    expect(codeOf(await stage.owner.post(stage.path('/draws'), { winners: 1 }))).toEqual([
      409,
      'draw.nobody',
    ]);
    expect((await stage.owner.delete(stage.path())).status).toBe(204);
    expect(codeOf(await stage.owner.get(stage.path()))).toEqual([404, 'contest.not-found']);
    stage.key = 'prize-draw';
    expect(codeOf(await stage.owner.delete(stage.path()))).toEqual([409, 'contest.entered']);
  });

  test('stay while a live flow enters people into them', async () => {
    const flow = lineFlow('SUMMER', ['contest-entry', { contest: stage.key }, 'entered'], saying('Entered!'));
    const rest = ['already', 'closed'].map((port) => ({ from: 'step-0', port, to: 'done' }));
    const definition = { ...flow, edges: [...flow.edges, ...rest] };
    const { id } = (await stage.owner.post('/api/flows', { name: flow.name, definition })).body;
    expect((await publishDraft(stage.owner, id)).status).toBe(204);
    const refused = await stage.owner.delete(stage.path());
    expect(codeOf(refused)).toEqual([409, 'contest.named']);
    expect(refused.body.error.message).toContain('“SUMMER” is live');
    expect((await stage.owner.patch(`/api/flows/${id}`, { status: 'paused' })).status).toBe(204);
    expect((await stage.owner.delete(stage.path())).status).toBe(204);
  });
});
