import { TEMPLATES } from '#flows/templates/index.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { publishDraft } from '../support/publish-draft.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;

const UNKNOWN = '01980000-0000-7000-8000-000000000000';

beforeAll(async () => {
  server = await startTestServer();
  owner = await signInAsOwner(server);
  const program = await owner.post('/api/programs', {
    name: 'Club',
    brand: 'ACME',
    contact: 'help@example.com',
  });
  const gateway = await owner.post('/api/gateways', { name: 'Simulated', kind: 'simulated' });
  const ids = { gatewayId: gateway.body.id, programId: program.body.id };
  await owner.post('/api/senders', { address: '12345', kind: 'short-code', country: 'GB', ...ids });
  await owner.post('/api/senders', { address: '54321', kind: 'short-code', country: 'GB', ...ids });
  await owner.post('/api/senders', { address: 'ACME', kind: 'alphanumeric', country: 'GB', ...ids });
});
afterAll(() => server.close());

/** A flow that says hello to whoever texts `word`. */
const hello = (word: string, more: object = {}) => ({
  schemaVersion: 1,
  name: word,
  triggers: [{ kind: 'keyword', words: [word] }],
  nodes: [
    { id: 'hello', kind: 'message', config: { text: 'Hello from {{program.brand}}!' } },
    { id: 'end', kind: 'end', config: {} },
  ],
  edges: [{ from: 'hello', port: 'next', to: 'end' }],
  start: 'hello',
  ...more,
});

const create = async (definition: { name: string }): Promise<string> =>
  (await owner.post('/api/flows', { name: definition.name, definition })).body.id;
const publish = (id: string, revision = 1) => publishDraft(owner, id, revision);
const published = async (definition: { name: string }): Promise<string> => {
  const id = await create(definition);
  const answer = await publish(id);
  if (answer.status !== 204) throw new Error(answer.text);
  return id;
};

describe('a new flow', () => {
  test('can be empty', async () => {
    const { status, body } = await owner.post('/api/flows', { name: 'Nothing yet' });
    expect(status).toBe(201);
    expect((await owner.get(`/api/flows/${body.id}`)).body).toMatchObject({
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
      const { body } = await owner.post('/api/flows', { name: `From ${template}`, template });
      const flow = await owner.get(`/api/flows/${body.id}`);
      expect(flow.body.name).toBe(`From ${template}`);
      expect(flow.body.issues).toEqual([]);
      expect((await publish(body.id)).status).toBe(204);
      await owner.patch(`/api/flows/${body.id}`, { status: 'archived' });
    },
  );

  test('brings the lists of its template along', async () => {
    expect((await owner.get('/api/lists')).body.map(({ key }: { key: string }) => key)).toEqual([
      'club',
      'news',
    ]);
  });

  test('can be a copy', async () => {
    const id = await create(hello('ORIGINAL'));
    const { status, body } = await owner.post(`/api/flows/${id}/duplicate`);
    expect(status).toBe(201);
    expect((await owner.get(`/api/flows/${body.id}`)).body).toMatchObject({
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
    const answer = await owner.post('/api/flows', input);
    expect([answer.status, answer.body.error.code, answer.body.error.place]).toEqual([status, code, place]);
  });
});

describe('the draft', () => {
  test('is saved however unfinished, with what is wrong beside it', async () => {
    const id = await create(hello('DRAFT'));
    const half = hello('DRAFT', {
      edges: [],
      nodes: [{ id: 'hello', kind: 'message', config: { text: '' } }],
    });
    const { status, body } = await owner.put(`/api/flows/${id}/draft`, { definition: half, revision: 1 });
    expect([status, body.revision, body.changed]).toEqual([200, 2, true]);
    expect(body.issues).toContainEqual(
      expect.objectContaining({ code: 'node.config', place: { node: 'hello', path: 'config.text' } }),
    );
    expect((await owner.get(`/api/flows/${id}`)).body).toMatchObject({ revision: 2, steps: 1 });
  });

  test('follows the revision it was drawn on', async () => {
    const id = await create(hello('STALE'));
    const save = (revision: number) =>
      owner.put(`/api/flows/${id}/draft`, { definition: hello('STALE'), revision });
    const both = await Promise.all([save(1), save(1)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body } = await save(1);
    expect(body.error).toMatchObject({
      code: 'flow.draft-stale',
      message: expect.stringContaining('Somebody else'),
    });
  });

  test('has not changed when only cards were moved', async () => {
    const id = await published(hello('MOVED'));
    const save = async (revision: number, more: object) =>
      (await owner.put(`/api/flows/${id}/draft`, { definition: hello('MOVED', more), revision })).body;
    expect(await save(1, { layout: { hello: { x: 10, y: 20 } } })).toMatchObject({
      revision: 2,
      changed: false,
    });
    expect(await save(2, { description: 'New words' })).toMatchObject({ revision: 3, changed: true });
    expect((await owner.get(`/api/flows/${id}`)).body).toMatchObject({ changed: true, version: 1 });
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
    const id = await create(hello('REFUSED'));
    const { status, body } = await owner.put(`/api/flows/${id}/draft`, { definition, revision: 1 });
    expect([status, body.error.code]).toEqual([422, code]);
    expect(body.error.issues[0]).toMatchObject({
      code,
      message: expect.any(String),
      place: expect.any(String),
    });
  });

  test('is refused where it could not be stored', async () => {
    const id = await create(hello('REFUSED'));
    const save = (definition: unknown) => owner.put(`/api/flows/${id}/draft`, { definition, revision: 1 });
    const nul = await save(hello('X', { description: 'a\u0000b' }));
    expect([nul.status, nul.body.error.code, nul.body.error.place]).toEqual([
      400,
      'body.invalid',
      'definition.description',
    ]);
    const half = await save(hello('X', { translations: { fr: { 'hello.text': '\ud800' } } }));
    expect([half.status, half.body.error.place]).toEqual([400, 'definition.translations.fr.hello.text']);
    const deep = `${'{"all":['.repeat(50_000)}${']}'.repeat(50_000)}`;
    const branch = await owner.call('PUT', `/api/flows/${id}/draft`, `{"revision":1,"definition":${deep}}`);
    expect([branch.status, branch.body.error.code]).toEqual([400, 'body.too-deep']);
  });

  test('of two thousand steps is saved in good time', async () => {
    const nodes = Array.from({ length: 2_000 }, (_, n) => ({
      id: `m-${n}`,
      kind: 'message',
      config: { text: `Text ${n}` },
    }));
    const edges = nodes.slice(1).map(({ id }, n) => ({ from: `m-${n}`, port: 'next', to: id }));
    const id = await create(hello('LARGE'));
    const started = performance.now();
    const { status } = await owner.put(`/api/flows/${id}/draft`, {
      definition: hello('LARGE', { nodes, edges, start: 'm-0' }),
      revision: 1,
    });
    expect(status).toBe(200);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('publishing', () => {
  test('makes a version that never changes, and the next one on top', async () => {
    const id = await published(hello('FIRST'));
    const next = hello('FIRST', { description: 'Second thoughts' });
    await owner.put(`/api/flows/${id}/draft`, { definition: next, revision: 1 });
    const again = await publishDraft(owner, id, 2, ' Reworded ');
    expect(again.status).toBe(204);
    expect((await owner.get(`/api/flows/${id}`)).body).toMatchObject({
      status: 'live',
      version: 2,
      changed: false,
      keywords: ['FIRST'],
      publishedAt: expect.any(String),
    });
    const versions = await owner.get(`/api/flows/${id}/versions`);
    expect(versions.body).toMatchObject([
      { number: 2, note: 'Reworded', publishedBy: 'Owner' },
      { number: 1, note: null, publishedBy: 'Owner' },
    ]);
    const first = await owner.get(`/api/flows/${id}/versions/1`);
    expect(first.body).toMatchObject({
      number: 1,
      definition: { name: 'FIRST', nodes: [{ id: 'hello' }, { id: 'end' }] },
    });
    expect(first.body.definition.description).toBeUndefined();
    expect((await owner.get(`/api/flows/${id}/versions/3`)).body.error.code).toBe('flow.version-not-found');

    expect((await owner.post(`/api/flows/${id}/versions/1/restore`)).status).toBe(204);
    expect((await owner.get(`/api/flows/${id}`)).body).toMatchObject({
      revision: 3,
      changed: true,
      version: 2,
    });
  });

  test('is refused with every issue and its place', async () => {
    const id = await create(
      hello('BROKEN', {
        edges: [],
        nodes: [{ id: 'hello', kind: 'message', config: { text: '{{contact.name' } }],
      }),
    );
    const { status, body } = await publish(id);
    expect([status, body.error.code]).toEqual([422, 'flow.not-publishable']);
    expect(body.error.issues.length).toBeGreaterThan(1);
    expect(body.error.issues).toContainEqual(
      expect.objectContaining({ place: expect.stringMatching(/^hello/) }),
    );
  });

  test('is refused on a draft that somebody else has saved meanwhile', async () => {
    const id = await create(hello('MEANWHILE'));
    const { status, body } = await publish(id, 7);
    expect([status, body.error.code]).toEqual([409, 'flow.draft-stale']);
  });

  test('is refused where nothing has changed', async () => {
    const id = await published(hello('SAME'));
    const { status, body } = await publish(id);
    expect([status, body.error]).toEqual([
      409,
      { code: 'flow.nothing-changed', message: 'Nothing has changed since version 1.' },
    ]);
  });

  test('gives a keyword to one flow on a sender', async () => {
    const first = await published(
      hello('SHARED', {
        name: 'Summer club',
        triggers: [{ kind: 'keyword', words: ['Shared'], sender: '12345' }],
      }),
    );
    const elsewhere = hello('SHARED', {
      triggers: [{ kind: 'keyword', words: ['SHARED'], sender: '54321' }],
    });
    await published(elsewhere);
    const everywhere = await create(
      hello('SHARED', { triggers: [{ kind: 'keyword', words: [' shared! '], match: 'exact' }] }),
    );
    const { status, body } = await publish(everywhere);
    expect([status, body.error.code, body.error.place]).toEqual([
      422,
      'flow.keyword-taken',
      'triggers.0.words.0',
    ]);
    expect(body.error.message).toContain('“Summer club” on 12345');
    expect((await owner.get(`/api/flows/${everywhere}`)).body.issues).toContainEqual(
      expect.objectContaining({ code: 'keyword.taken' }),
    );

    await owner.patch(`/api/flows/${first}`, { status: 'paused' });
    const mine = await create(
      hello('SHARED', { triggers: [{ kind: 'keyword', words: ['SHARED'], sender: '12345' }] }),
    );
    expect((await publish(mine)).status).toBe(204);
    const back = await owner.patch(`/api/flows/${first}`, { status: 'live' });
    expect([back.status, back.body.error.code]).toEqual([422, 'flow.keyword-taken']);
  });

  test('gives a keyword to one flow, also when two are published at the same time', async () => {
    const ids = await Promise.all(['A', 'B', 'C'].map((name) => create(hello('RACE', { name }))));
    const answers = await Promise.all(ids.map((id) => publish(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422]);
  });

  test.each([
    ['list.unknown', { id: 'hello', kind: 'subscribe', config: { list: 'nowhere' } }],
    ['contest.unknown', { id: 'hello', kind: 'contest-entry', config: { contest: 'nowhere' } }],
  ])('is refused with %s for what the workspace does not have', async (code, node) => {
    const id = await create(hello('UNKNOWN', { nodes: [node, { id: 'end', kind: 'end', config: {} }] }));
    const { body } = await publish(id);
    expect(body.error.issues).toContainEqual(
      expect.objectContaining({ code, place: 'hello', message: expect.stringContaining('“nowhere”') }),
    );
  });

  test.each([
    ['trigger.sender-unknown', '99999'],
    ['trigger.one-way', 'ACME'],
  ])('is refused with %s for a keyword on %s', async (code, sender) => {
    const id = await create(
      hello('NOWHERE', { triggers: [{ kind: 'keyword', words: ['NOWHERE'], sender }] }),
    );
    expect((await publish(id)).body.error.issues).toMatchObject([{ code, place: 'triggers.0.sender' }]);
  });

  test('starts an experiment once, and keeps it for the flow that has it', async () => {
    const offer = TEMPLATES.find(({ id }) => id === 'ab-offer');
    const mine = await owner.get('/api/experiments');
    expect(mine.body).toMatchObject([{ name: expect.any(String), arms: 2, exposures: 0 }]);
    const { body } = await owner.post('/api/flows', { name: 'Second offer', definition: offer?.definition });
    const refused = await publish(body.id);
    expect(refused.body.error.issues).toContainEqual(expect.objectContaining({ code: 'experiment.taken' }));
  });
});

describe('a flow’s life', () => {
  test('goes from draft to live, to paused, to the archive and back', async () => {
    const id = await create(hello('LIFE'));
    const set = async (status: string) =>
      (await owner.patch(`/api/flows/${id}`, { status })).body?.error?.code;
    const status = async () => (await owner.get(`/api/flows/${id}`)).body.status;
    expect(await set('live')).toBe('flow.never-published');
    expect(await set('archived')).toBeUndefined();
    expect(await set('draft')).toBeUndefined();
    expect(await status()).toBe('draft');
    await publish(id);
    expect(await set('draft')).toBe('flow.was-published');
    expect(await set('paused')).toBeUndefined();
    expect(await set('live')).toBeUndefined();
    expect(await set('archived')).toBeUndefined();
    expect(await set('draft')).toBeUndefined();
    expect(await status()).toBe('paused');
    expect(await set('gone')).toBe('body.invalid');
  });

  test('is no longer heard while it is paused', async () => {
    const id = await published(hello('PAUSED'));
    const words = async () =>
      (await owner.get('/api/keywords')).body.map(({ word }: { word: string }) => word);
    expect(await words()).toContain('PAUSED');
    await owner.patch(`/api/flows/${id}`, { status: 'paused' });
    expect(await words()).not.toContain('PAUSED');
  });
});

describe('the list of flows', () => {
  test('is paged, searched by name and keyword, and filtered by status', async () => {
    await create(hello('NEEDLE', { name: '100% wool' }));
    const found = await owner.get('/api/flows?search=needle');
    expect(found.body).toMatchObject({
      total: 1,
      items: [{ name: '100% wool', keywords: ['NEEDLE'], running: 0, startedLately: 0 }],
    });
    expect((await owner.get('/api/flows?search=100%25')).body.total).toBe(1);
    expect((await owner.get('/api/flows?search=1_0')).body.total).toBe(0);
    const page = await owner.get('/api/flows?size=2&page=2');
    expect(page.body.items).toHaveLength(2);
    expect(page.body.total).toBeGreaterThan(4);
    expect((await owner.get('/api/flows?page=1000')).body).toMatchObject({ items: [] });
    const live = await owner.get('/api/flows?status=live&size=100');
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
    const { status, body } = await owner.get(`/api/flows?${query}`);
    expect([status, body.error.code]).toEqual([400, 'query.invalid']);
  });
});

test('traffic is the sum of what was counted', async () => {
  const id = await published(hello('TRAFFIC'));
  const [flow] = await server.database.source.query('select workspace_id from flows where id = $1', [id]);
  for (const [key, delta] of [
    ['pass hello next', 3],
    ['pass hello next', 2],
    ['wait hello', 4],
    ['wait hello', -4],
    ['wait end', 2],
  ]) {
    await server.database.source.query(
      'insert into flow_counters (workspace_id, flow_id, key, delta) values ($1, $2, $3, $4)',
      [flow.workspace_id, id, key, delta],
    );
  }
  expect((await owner.get(`/api/flows/${id}/traffic`)).body).toEqual({
    passages: [{ node: 'hello', port: 'next', count: 5 }],
    waiting: [{ node: 'end', count: 2 }],
  });
  expect((await owner.get(`/api/flows/${id}`)).body.running).toBe(2);
});

test.each(['', '/traffic', '/versions', '/versions/1'])(
  'a flow that is not there is not found: /:id%s',
  async (rest) => {
    const { status, body } = await owner.get(`/api/flows/${UNKNOWN}${rest}`);
    expect([status, body.error.code]).toEqual([404, expect.stringMatching(/^flow\.(version-)?not-found$/)]);
  },
);

test('the templates are offered with what they are for', async () => {
  const { body } = await owner.get('/api/templates');
  expect(body).toEqual(
    TEMPLATES.map(({ id, title, summary, definition, conversations, lists, contests }) => ({
      id,
      title,
      summary,
      definition,
      conversations,
      needs: { lists, contests },
    })),
  );
});
