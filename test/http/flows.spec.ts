import { describe, expect, test } from '@jest/globals';
import { TEMPLATES } from '#flows/templates/index.ts';
import { signInByLink } from '../support/api-client.ts';
import { hello, stageFlows } from '../support/flows-stage.ts';

const UNKNOWN = '01980000-0000-7000-8000-000000000000';

const stage = stageFlows();

describe('a new flow', () => {
  test('can be empty', async () => {
    const { status, body } = await stage.owner.post('/api/flows', { name: 'Nothing yet' });
    expect(status).toBe(201);
    expect((await stage.owner.get(`/api/flows/${body.id}`)).body).toMatchObject({
      name: 'Nothing yet',
      status: 'draft',
      version: null,
      changed: true,
      keywords: [],
      steps: 0,
      revision: 1,
      definition: { name: 'Nothing yet', nodes: [], start: null },
      issues: expect.arrayContaining([
        expect.objectContaining({ code: 'trigger.none', severity: 'warning' }),
      ]),
    });
  });

  test.each(TEMPLATES.map(({ id }) => id))(
    'can come from the template %s, and be published as it is',
    async (template) => {
      const { body } = await stage.owner.post('/api/flows', { name: `From ${template}`, template });
      const flow = await stage.owner.get(`/api/flows/${body.id}`);
      expect(flow.body.name).toBe(`From ${template}`);
      expect(flow.body.issues).toEqual([]);
      expect((await stage.publish(body.id)).status).toBe(204);
      await stage.owner.patch(`/api/flows/${body.id}`, { status: 'archived' });
    },
  );

  test('brings the lists of its template along', async () => {
    expect((await stage.owner.get('/api/lists')).body.map(({ key }: { key: string }) => key)).toEqual([
      'club',
      'news',
    ]);
  });

  test('is told whose its word is, and starts with a free one where it is written', async () => {
    const standing = async (word: string) =>
      (await stage.owner.get(`/api/keywords/standing?word=${word}`)).body;
    expect(await standing('JOIN')).toEqual({ issues: [], free: null });
    const taken = await stage.published(hello('JOIN'));
    expect(await standing(`JOIN&flow=${taken}`)).toEqual({ issues: [], free: null });
    expect(await standing('join')).toEqual({
      issues: [
        expect.objectContaining({ code: 'keyword.taken', message: expect.stringContaining('“JOIN”') }),
      ],
      free: 'join2',
    });
    expect(await standing('STOP')).toEqual({
      issues: [expect.objectContaining({ code: 'word.stop', severity: 'error' })],
      free: null,
    });
    const template = { name: 'Second club', template: 'double-opt-in', keyword: 'JOIN2' };
    const { body } = await stage.owner.post('/api/flows', template);
    const { definition, issues } = (await stage.owner.get(`/api/flows/${body.id}`)).body;
    expect([definition.triggers[0].words, issues]).toEqual([['JOIN2'], []]);
    expect(JSON.stringify(definition.nodes)).toContain('Text JOIN2 if you change your mind.');
    const { conversations } = (await stage.owner.get(`/api/flows/${body.id}/conversations`)).body;
    expect(conversations[0].lines[0]).toEqual({ says: 'JOIN2' });
    expect((await stage.publish(body.id)).status).toBe(204);
    for (const id of [taken, body.id]) await stage.owner.patch(`/api/flows/${id}`, { status: 'archived' });
  });

  test('whose word another flow has is made, and says so: of a definition, a template and a copy alike', async () => {
    const taken = await stage.published(hello('CLAIMED'));
    const made = await Promise.all([
      stage.owner.post('/api/flows', { name: 'Twice', definition: hello('CLAIMED') }),
      stage.owner.post('/api/flows', { name: 'Thrice', template: 'contest', keyword: 'claimed' }),
      stage.owner.post(`/api/flows/${taken}/duplicate`),
    ]);
    for (const { status, body } of made) {
      expect([status, body.issues]).toEqual([
        201,
        [expect.objectContaining({ code: 'keyword.taken', place: { path: 'triggers.0.words.0' } })],
      ]);
      expect((await stage.owner.get(`/api/flows/${body.id}`)).body.issues).toEqual(body.issues);
      expect((await stage.publish(body.id)).body.error.code).toBe('flow.keyword-taken');
    }
    await stage.owner.patch(`/api/flows/${taken}`, { status: 'archived' });
    const free = await stage.owner.post('/api/flows', { name: 'Free', definition: hello('UNCLAIMED') });
    expect(free.body.issues).toEqual([]);
  });

  test('can be a copy', async () => {
    const id = await stage.create(hello('ORIGINAL'));
    const { status, body } = await stage.owner.post(`/api/flows/${id}/duplicate`);
    expect(status).toBe(201);
    expect((await stage.owner.get(`/api/flows/${body.id}`)).body).toMatchObject({
      name: 'ORIGINAL (copy)',
      status: 'draft',
      steps: 2,
    });
  });

  test.each([
    [{ name: 'x', template: 'none' }, 422, 'flow.template-unknown', 'template'],
    [{ name: 'x', definition: null }, 422, 'definition.shape', undefined],
    [{ name: 'x', definition: { schemaVersion: 99 } }, 422, 'definition.newer', 'schemaVersion'],
    [{ name: 'x', definition: { schemaVersion: 1, name: 'x' } }, 422, 'definition.shape', 'nodes'],
    [{ name: ' ' }, 400, 'body.invalid', 'name'],
    [{ name: 'x', colour: 'red' }, 400, 'body.invalid', undefined],
  ])('cannot be made of %j', async (input, status, code, place) => {
    const answer = await stage.owner.post('/api/flows', input);
    expect([answer.status, answer.body.error.code, answer.body.error.place]).toEqual([status, code, place]);
  });
});

describe('the draft', () => {
  test('is saved however unfinished, with what is wrong beside it', async () => {
    const id = await stage.create(hello('DRAFT'));
    const half = hello('DRAFT', {
      edges: [],
      nodes: [{ id: 'hello', kind: 'message', config: { text: '' } }],
    });
    const { status, body } = await stage.owner.put(`/api/flows/${id}/draft`, {
      definition: half,
      revision: 1,
    });
    expect([status, body.revision, body.changed]).toEqual([200, 2, true]);
    expect(body.issues).toContainEqual(
      expect.objectContaining({ code: 'node.config', place: { node: 'hello', path: 'config.text' } }),
    );
    expect((await stage.owner.get(`/api/flows/${id}`)).body).toMatchObject({ revision: 2, steps: 1 });
  });

  test('follows the revision it was drawn on', async () => {
    const id = await stage.create(hello('STALE'));
    const save = (revision: number) =>
      stage.owner.put(`/api/flows/${id}/draft`, { definition: hello('STALE'), revision });
    const both = await Promise.all([save(1), save(1)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body } = await save(1);
    expect(body.error).toMatchObject({
      code: 'flow.draft-stale',
      message: expect.stringContaining('You have saved this flow somewhere else'),
    });
    const ida = { name: 'Ida', email: 'ida@example.com', role: 'author' };
    const invited = (await stage.owner.post('/api/people', ida)).body;
    const author = await signInByLink(stage.server.url, invited.link);
    const savedBy = async () => (await stage.owner.get(`/api/flows/${id}`)).body.savedBy;
    const owner = (await stage.owner.get('/api/session')).body.person;
    expect(await savedBy()).toEqual({ id: owner.id, name: owner.name });
    await author.put(`/api/flows/${id}/draft`, { definition: hello('STALE'), revision: 2 });
    expect(await savedBy()).toEqual({ id: invited.person.id, name: 'Ida' });
    expect((await save(2)).body.error.message).toContain('Somebody else has saved this flow');
    expect((await stage.publish(id, 2)).body.error.message).toContain('Somebody else has saved this flow');
  });

  test('has not changed when only cards were moved', async () => {
    const id = await stage.published(hello('MOVED'));
    const save = async (revision: number, more: object) =>
      (await stage.owner.put(`/api/flows/${id}/draft`, { definition: hello('MOVED', more), revision })).body;
    expect(await save(1, { layout: { hello: { x: 10, y: 20 } } })).toMatchObject({
      revision: 2,
      changed: false,
    });
    expect(await save(2, { description: 'New words' })).toMatchObject({ revision: 3, changed: true });
    expect((await stage.owner.get(`/api/flows/${id}`)).body).toMatchObject({ changed: true, version: 1 });
  });

  test.each([
    ['no JSON object', 'a text', 'definition.shape'],
    ['no version', {}, 'definition.version'],
    ['a later format', { schemaVersion: 2 }, 'definition.newer'],
    ['a step without an id', { ...hello('X'), nodes: [{ kind: 'end', config: {} }] }, 'definition.shape'],
    [
      'too many steps',
      { ...hello('X'), nodes: Array(2_001).fill({ id: 'a', kind: 'end', config: {} }) },
      'definition.shape',
    ],
  ])('is refused where it is no flow: %s', async (_, definition, code) => {
    const id = await stage.create(hello('REFUSED'));
    const { status, body } = await stage.owner.put(`/api/flows/${id}/draft`, { definition, revision: 1 });
    expect([status, body.error.code]).toEqual([422, code]);
    expect(body.error.issues[0]).toMatchObject({
      code,
      message: expect.any(String),
      place: expect.any(String),
    });
  });

  test('is refused where it could not be stored', async () => {
    const id = await stage.create(hello('REFUSED'));
    const save = (definition: unknown) =>
      stage.owner.put(`/api/flows/${id}/draft`, { definition, revision: 1 });
    const nul = await save(hello('X', { description: 'a\u0000b' }));
    expect([nul.status, nul.body.error.code, nul.body.error.place]).toEqual([
      400,
      'body.invalid',
      'definition.description',
    ]);
    const half = await save(hello('X', { translations: { fr: { 'hello.text': '\ud800' } } }));
    expect([half.status, half.body.error.place]).toEqual([400, 'definition.translations.fr.hello.text']);
    const deep = `${'{"all":['.repeat(50_000)}${']}'.repeat(50_000)}`;
    const branch = await stage.owner.call(
      'PUT',
      `/api/flows/${id}/draft`,
      `{"revision":1,"definition":${deep}}`,
    );
    expect([branch.status, branch.body.error.code]).toEqual([400, 'body.too-deep']);
  });

  test('of two thousand steps is saved', async () => {
    const nodes = Array.from({ length: 2_000 }, (_, n) => ({
      id: `m-${n}`,
      kind: 'message',
      config: { text: `Text ${n}` },
    }));
    const edges = nodes.slice(1).map(({ id }, n) => ({ from: `m-${n}`, port: 'next', to: id }));
    const id = await stage.create(hello('LARGE'));
    const { status } = await stage.owner.put(`/api/flows/${id}/draft`, {
      definition: hello('LARGE', { nodes, edges, start: 'm-0' }),
      revision: 1,
    });
    expect(status).toBe(200);
  });
});

describe('a flow’s life', () => {
  test('goes from draft to live, to paused, to the archive and back', async () => {
    const id = await stage.create(hello('LIFE'));
    const set = async (status: string) =>
      (await stage.owner.patch(`/api/flows/${id}`, { status })).body?.error?.code;
    const status = async () => (await stage.owner.get(`/api/flows/${id}`)).body.status;
    expect(await set('live')).toBe('flow.never-published');
    expect(await set('archived')).toBeUndefined();
    expect(await set('draft')).toBeUndefined();
    expect(await status()).toBe('draft');
    await stage.publish(id);
    expect(await set('draft')).toBe('flow.was-published');
    expect(await set('paused')).toBeUndefined();
    expect(await set('live')).toBeUndefined();
    expect(await set('archived')).toBeUndefined();
    expect(await set('draft')).toBeUndefined();
    expect(await status()).toBe('paused');
    expect(await set('gone')).toBe('body.invalid');
  });

  test('is no longer heard while it is paused', async () => {
    const id = await stage.published(hello('PAUSED'));
    const words = async () =>
      (await stage.owner.get('/api/keywords')).body.map(({ word }: { word: string }) => word);
    expect(await words()).toContain('PAUSED');
    await stage.owner.patch(`/api/flows/${id}`, { status: 'paused' });
    expect(await words()).not.toContain('PAUSED');
  });
});

describe('the list of flows', () => {
  test('is paged, searched by name and keyword, and filtered by status', async () => {
    await stage.create(hello('NEEDLE', { name: '100% wool' }));
    const found = await stage.owner.get('/api/flows?search=needle');
    expect(found.body).toMatchObject({
      total: 1,
      items: [{ name: '100% wool', keywords: ['NEEDLE'], running: 0, startedLately: 0 }],
    });
    expect((await stage.owner.get('/api/flows?search=100%25')).body.total).toBe(1);
    expect((await stage.owner.get('/api/flows?search=1_0')).body.total).toBe(0);
    const page = await stage.owner.get('/api/flows?size=2&page=2');
    expect(page.body.items).toHaveLength(2);
    expect(page.body.total).toBeGreaterThan(4);
    expect((await stage.owner.get('/api/flows?page=1000')).body).toMatchObject({ items: [] });
    const live = await stage.owner.get('/api/flows?status=live&size=100');
    expect(new Set(live.body.items.map(({ status }: { status: string }) => status))).toEqual(
      new Set(['live']),
    );
  });

  test.each([
    'page=0',
    'size=101',
    'page=x',
    'status=gone',
    'sort=name',
    'search=%00',
    `search=${'x'.repeat(121)}`,
    'page=1&page=2',
  ])('cannot be asked for %s', async (query) => {
    const { status, body } = await stage.owner.get(`/api/flows?${query}`);
    expect([status, body.error.code]).toEqual([400, 'query.invalid']);
  });
});

test('traffic is the sum of what was counted', async () => {
  const id = await stage.published(hello('TRAFFIC'));
  const [flow] = await stage.server.database.source.query('select workspace_id from flows where id = $1', [
    id,
  ]);
  for (const [key, delta] of [
    ['pass hello next', 3],
    ['pass hello next', 2],
    ['wait hello', 4],
    ['wait hello', -4],
    ['wait end', 2],
  ]) {
    await stage.server.database.source.query(
      'insert into flow_counters (workspace_id, flow_id, key, delta) values ($1, $2, $3, $4)',
      [flow.workspace_id, id, key, delta],
    );
  }
  expect((await stage.owner.get(`/api/flows/${id}/traffic`)).body).toEqual({
    passages: [{ node: 'hello', port: 'next', count: 5 }],
    waiting: [{ node: 'end', count: 2 }],
  });
  expect((await stage.owner.get(`/api/flows/${id}`)).body.running).toBe(2);
});

test.each(['', '/traffic', '/versions', '/versions/1'])(
  'a flow that is not there is not found: /:id%s',
  async (rest) => {
    const { status, body } = await stage.owner.get(`/api/flows/${UNKNOWN}${rest}`);
    expect([status, body.error.code]).toEqual([404, expect.stringMatching(/^flow\.(version-)?not-found$/)]);
  },
);

test('the templates are offered with what they are for', async () => {
  const { body } = await stage.owner.get('/api/templates');
  expect(body).toEqual(
    TEMPLATES.map(({ id, title, summary, definition, conversations, lists, contests, vouchers }) => ({
      id,
      title,
      summary,
      definition,
      keyword: expect.any(String),
      conversations,
      needs: { lists, contests, vouchers },
    })),
  );
});
