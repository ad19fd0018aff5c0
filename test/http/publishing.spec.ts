import { describe, expect, test } from '@jest/globals';
import { TEMPLATES } from '#flows/templates/index.ts';
import { hello, stageFlows } from '../support/flows-stage.ts';
import { publishDraft } from '../support/publish-draft.ts';

const stage = stageFlows();

describe('publishing', () => {
  test('makes a version that never changes, and the next one on top', async () => {
    const id = await stage.published(hello('FIRST'));
    const next = hello('FIRST', { description: 'Second thoughts' });
    await stage.owner.put(`/api/flows/${id}/draft`, { definition: next, revision: 1 });
    const again = await publishDraft(stage.owner, id, 2, ' Reworded ');
    expect(again.status).toBe(204);
    expect((await stage.owner.get(`/api/flows/${id}`)).body).toMatchObject({
      status: 'live',
      version: 2,
      changed: false,
      keywords: ['FIRST'],
      publishedAt: expect.any(String),
    });
    const versions = await stage.owner.get(`/api/flows/${id}/versions`);
    expect(versions.body).toMatchObject([
      { number: 2, note: 'Reworded', publishedBy: 'Owner' },
      { number: 1, note: null, publishedBy: 'Owner' },
    ]);
    const first = await stage.owner.get(`/api/flows/${id}/versions/1`);
    expect(first.body).toMatchObject({
      number: 1,
      definition: { name: 'FIRST', nodes: [{ id: 'hello' }, { id: 'end' }] },
    });
    expect(first.body.definition.description).toBeUndefined();
    expect((await stage.owner.get(`/api/flows/${id}/versions/3`)).body.error.code).toBe(
      'flow.version-not-found',
    );

    expect((await stage.owner.post(`/api/flows/${id}/versions/1/restore`)).status).toBe(204);
    expect((await stage.owner.get(`/api/flows/${id}`)).body).toMatchObject({
      revision: 3,
      changed: true,
      version: 2,
    });
  });

  test('is refused with every issue and its place', async () => {
    const id = await stage.create(
      hello('BROKEN', {
        edges: [],
        nodes: [{ id: 'hello', kind: 'message', config: { text: '{{contact.name' } }],
      }),
    );
    const { status, body } = await stage.publish(id);
    expect([status, body.error.code]).toEqual([422, 'flow.not-publishable']);
    expect(body.error.issues.length).toBeGreaterThan(1);
    expect(body.error.issues).toContainEqual(
      expect.objectContaining({ place: expect.stringMatching(/^hello/) }),
    );
  });

  test('is refused on a draft that somebody else has saved meanwhile', async () => {
    const id = await stage.create(hello('MEANWHILE'));
    const { status, body } = await stage.publish(id, 7);
    expect([status, body.error.code]).toEqual([409, 'flow.draft-stale']);
  });

  test('is refused where nothing has changed', async () => {
    const id = await stage.published(hello('SAME'));
    const { status, body } = await stage.publish(id);
    expect([status, body.error]).toEqual([
      409,
      { code: 'flow.nothing-changed', message: 'Nothing has changed since version 1.' },
    ]);
  });

  test('makes one version of a draft that several publish at the same time, and says so to the others', async () => {
    const id = await stage.create(hello('TOGETHER'));
    const together = async (revision: number): Promise<unknown[]> => {
      const answers = await Promise.all(Array.from({ length: 4 }, () => stage.publish(id, revision)));
      return answers.map(({ status, body }) => body?.error?.code ?? status).toSorted();
    };
    const once = [204, ...Array(3).fill('flow.nothing-changed')];
    expect(await together(1)).toEqual(once);
    const next = hello('TOGETHER', { description: 'Second thoughts' });
    await stage.owner.put(`/api/flows/${id}/draft`, { definition: next, revision: 1 });
    expect(await together(2)).toEqual(once);
    const { body } = await stage.owner.get(`/api/flows/${id}/versions`);
    expect(body).toMatchObject([{ number: 2 }, { number: 1 }]);
  });

  test('gives a keyword to one flow on a sender', async () => {
    const first = await stage.published(
      hello('SHARED', {
        name: 'Summer club',
        triggers: [{ kind: 'keyword', words: ['Shared'], sender: '12345' }],
      }),
    );
    const elsewhere = hello('SHARED', {
      triggers: [{ kind: 'keyword', words: ['SHARED'], sender: '54321' }],
    });
    await stage.published(elsewhere);
    const everywhere = await stage.create(
      hello('SHARED', { triggers: [{ kind: 'keyword', words: [' shared! '], match: 'exact' }] }),
    );
    const { status, body } = await stage.publish(everywhere);
    expect([status, body.error.code, body.error.place]).toEqual([
      422,
      'flow.keyword-taken',
      'triggers.0.words.0',
    ]);
    expect(body.error.message).toContain('“Summer club” on 12345');
    expect((await stage.owner.get(`/api/flows/${everywhere}`)).body.issues).toContainEqual(
      expect.objectContaining({ code: 'keyword.taken' }),
    );

    await stage.owner.patch(`/api/flows/${first}`, { status: 'paused' });
    const mine = await stage.create(
      hello('SHARED', { triggers: [{ kind: 'keyword', words: ['SHARED'], sender: '12345' }] }),
    );
    expect((await stage.publish(mine)).status).toBe(204);
    const back = await stage.owner.patch(`/api/flows/${first}`, { status: 'live' });
    expect([back.status, back.body.error.code]).toEqual([422, 'flow.keyword-taken']);
  });

  test('gives a keyword to one flow, also when two are published at the same time', async () => {
    const ids = await Promise.all(['A', 'B', 'C'].map((name) => stage.create(hello('RACE', { name }))));
    const answers = await Promise.all(ids.map((id) => stage.publish(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422]);
  });

  test.each([
    ['list.unknown', { id: 'hello', kind: 'subscribe', config: { list: 'nowhere' } }],
    ['contest.unknown', { id: 'hello', kind: 'contest-entry', config: { contest: 'nowhere' } }],
  ])('is refused with %s for what the workspace does not have', async (code, node) => {
    const id = await stage.create(
      hello('UNKNOWN', { nodes: [node, { id: 'end', kind: 'end', config: {} }] }),
    );
    const { body } = await stage.publish(id);
    expect(body.error.issues).toContainEqual(
      expect.objectContaining({ code, place: 'hello', message: expect.stringContaining('“nowhere”') }),
    );
  });

  test.each([
    ['trigger.sender-unknown', '99999'],
    ['trigger.one-way', 'ACME'],
  ])('is refused with %s for a keyword on %s', async (code, sender) => {
    const id = await stage.create(
      hello('NOWHERE', { triggers: [{ kind: 'keyword', words: ['NOWHERE'], sender }] }),
    );
    expect((await stage.publish(id)).body.error.issues).toMatchObject([{ code, place: 'triggers.0.sender' }]);
  });

  test('starts an experiment once, and keeps it for the flow that has it', async () => {
    const offer = TEMPLATES.find(({ id }) => id === 'ab-offer');
    const ours = await stage.owner.post('/api/flows', { name: 'Offer', template: offer?.id });
    expect((await stage.publish(ours.body.id)).status).toBe(204);
    const mine = await stage.owner.get('/api/experiments');
    expect(mine.body).toMatchObject([{ name: expect.any(String), arms: 2, exposures: 0 }]);
    const { body } = await stage.owner.post('/api/flows', {
      name: 'Second offer',
      definition: offer?.definition,
    });
    const refused = await stage.publish(body.id);
    expect(refused.body.error.issues).toContainEqual(expect.objectContaining({ code: 'experiment.taken' }));
  });
});
