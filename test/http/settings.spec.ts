import { type ApiClient, signInAsOwner, signInByLink } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;
let programId: string;
let gatewayId: string;

const PROGRAM = { name: 'Club', brand: 'ACME', contact: 'help@example.com' };
const GATEWAY = { name: 'Carrier', kind: 'http', sendUrl: 'https://carrier.example/send', secret: 'hush' };
const UNKNOWN = '01980000-0000-7000-8000-000000000000';

beforeAll(async () => {
  server = await startTestServer();
  owner = await signInAsOwner(server);
  programId = (await owner.post('/api/programs', PROGRAM)).body.id;
  gatewayId = (await owner.post('/api/gateways', GATEWAY)).body.id;
});
afterAll(() => server.close());

const sender = (more: object = {}) => ({
  address: '12345',
  kind: 'short-code',
  country: 'GB',
  gatewayId,
  programId,
  ...more,
});

describe('programs', () => {
  test('are listed with the words they have of their own', async () => {
    expect((await owner.get('/api/programs')).body).toEqual([
      {
        id: programId,
        ...PROGRAM,
        language: 'en',
        helpText: '',
        stopText: '',
        startText: '',
        agentText: '',
        closedText: '',
        frequency: '',
        termsUrl: '',
        privacyUrl: '',
        stopAddress: '',
      },
    ]);
  });

  test('are changed', async () => {
    const changed = { ...PROGRAM, helpText: 'Call us.' };
    expect((await owner.patch(`/api/programs/${programId}`, changed)).status).toBe(204);
    expect((await owner.get('/api/programs')).body).toMatchObject([{ helpText: 'Call us.' }]);
  });

  test('of nobody are not', async () => {
    const { status, body } = await owner.patch(`/api/programs/${UNKNOWN}`, PROGRAM);
    expect([status, body.error.code]).toEqual([404, 'program.not-found']);
  });
});

describe('gateways', () => {
  test('get an address of their own, and never show their secret', async () => {
    const { body, text } = await owner.get('/api/gateways');
    expect(body).toEqual([
      {
        id: gatewayId,
        name: 'Carrier',
        kind: 'http',
        inboundPath: expect.stringMatching(/^\/in\/http\/[\w-]{32}$/),
        sendUrl: 'https://carrier.example/send',
        signed: true,
        partsSeconds: 300,
        repeatSeconds: 0,
        reportPath: expect.stringMatching(/^\/in\/http\/[\w-]{32}\/dlr$/),
        mostAtOnce: null,
        perSecond: null,
        health: { state: 'working', since: null, until: null, reason: null },
      },
    ]);
    expect(text).not.toContain('hush');
  });

  test('keep their secret when none is given, and their kind always', async () => {
    const without = { name: 'Carrier', kind: 'http', secret: '' };
    expect((await owner.patch(`/api/gateways/${gatewayId}`, without)).status).toBe(204);
    expect((await owner.get('/api/gateways')).body).toMatchObject([{ sendUrl: null, signed: true }]);
    const { status, body } = await owner.patch(`/api/gateways/${gatewayId}`, {
      name: 'Carrier',
      kind: 'simulated',
    });
    expect([status, body.error.code, body.error.place]).toEqual([422, 'gateway.kind-fixed', 'kind']);
  });

  test('keep how they treat parts and repeats until that is changed', async () => {
    const change = (more: object) =>
      owner.patch(`/api/gateways/${gatewayId}`, { name: 'Carrier', kind: 'http', ...more });
    await change({ partsSeconds: 30, repeatSeconds: 90 });
    await change({});
    expect((await owner.get('/api/gateways')).body).toMatchObject([{ partsSeconds: 30, repeatSeconds: 90 }]);
    expect((await change({ partsSeconds: 1 })).body.error.place).toBe('partsSeconds');
    await change({ partsSeconds: 300, repeatSeconds: 0 });
  });

  test('keep their pace until that is changed, and say when they are left alone', async () => {
    const change = (more: object) =>
      owner.patch(`/api/gateways/${gatewayId}`, { name: 'Carrier', kind: 'http', ...more });
    const shown = async () => (await owner.get('/api/gateways')).body[0];
    await change({ mostAtOnce: 20, perSecond: 2.5 });
    await change({});
    expect(await shown()).toMatchObject({ mostAtOnce: 20, perSecond: 2.5 });
    await change({ mostAtOnce: null, perSecond: null });
    expect(await shown()).toMatchObject({ mostAtOnce: null, perSecond: null });
    const { source } = server.database;
    const rest = (until: string) =>
      source.query(
        `insert into gateway_troubles (gateway_id, since, until, rests, reason) values ($1, now(), $2, 1, 'HTTP 500')
         on conflict (gateway_id) do update set until = excluded.until`,
        [gatewayId, until],
      );
    await rest('2100-01-01');
    expect((await shown()).health).toMatchObject({ state: 'resting', reason: 'HTTP 500' });
    await rest('2000-01-01');
    expect((await shown()).health).toMatchObject({ state: 'trying' });
    await source.query('delete from gateway_troubles');
  });

  test('show their key to owners only', async () => {
    const { body } = await owner.post('/api/people', {
      name: 'Ann',
      email: 'ann@example.com',
      role: 'publisher',
    });
    const ann = await signInByLink(server.url, body.link);
    expect((await ann.get('/api/gateways')).body).toMatchObject([{ inboundPath: '/in/http/…' }]);
  });

  test.each(['javascript:alert(1)', 'ftp://carrier.example', 'carrier', ''])(
    'do not send to %j',
    async (sendUrl) => {
      const { status, body } = await owner.post('/api/gateways', { ...GATEWAY, sendUrl });
      expect([status, body.error.place]).toEqual([400, 'sendUrl']);
    },
  );
});

describe('senders', () => {
  test('have limits, and say what is used up of a day', async () => {
    const limits = {
      destinations: ['GB', 'IE'],
      mostSegments: 3,
      mostADay: 1000,
      overDay: 'fail',
      validMinutes: 60,
      perSecond: 12.5,
      campaign: 'C1',
    };
    const { body } = await owner.post('/api/senders', sender({ address: '777', ...limits }));
    await server.database.source.query(
      `insert into sent_days (workspace_id, sender_id, day, texts, segments)
       select workspace_id, id, (now() at time zone 'UTC')::date, 12, 0 from senders where id = $1`,
      [body.id],
    );
    expect((await owner.get('/api/senders')).body).toMatchObject([{ ...limits, sentToday: 12 }]);
    for (const wrong of [{ destinations: ['gb'] }, { mostSegments: 0 }, { mostADay: 0 }, { perSecond: 0 }])
      expect((await owner.patch(`/api/senders/${body.id}`, sender(wrong))).status).toBe(400);
    // What a change leaves out stays as it is.
    expect(
      (await owner.patch(`/api/senders/${body.id}`, sender({ address: '778', mostSegments: 4 }))).status,
    ).toBe(204);
    const changed = { ...limits, address: '778', mostSegments: 4 };
    expect((await owner.get('/api/senders')).body).toMatchObject([changed]);
    await owner.patch(`/api/senders/${body.id}`, sender({ address: '778', mostADay: null, campaign: '' }));
    expect((await owner.get('/api/senders')).body).toMatchObject([
      { ...changed, mostADay: null, campaign: null },
    ]);
    await owner.delete(`/api/senders/${body.id}`);
  });

  test('are added, listed, changed and removed', async () => {
    const long = sender({ address: '07700 900123', kind: 'long-number' });
    const { body } = await owner.post('/api/senders', long);
    expect((await owner.get('/api/senders')).body).toEqual([
      {
        id: body.id,
        address: '+447700900123',
        kind: 'long-number',
        country: 'GB',
        gateway: { id: gatewayId, name: 'Carrier', kind: 'http' },
        program: { id: programId, name: 'Club' },
        destinations: [],
        mostSegments: 10,
        mostADay: null,
        overDay: 'tomorrow',
        validMinutes: null,
        perSecond: null,
        campaign: null,
        operators: [],
        sentToday: null,
      },
    ]);
    expect((await owner.patch(`/api/senders/${body.id}`, sender())).status).toBe(204);
    expect((await owner.get('/api/senders')).body).toMatchObject([{ address: '12345' }]);
    expect((await owner.delete(`/api/senders/${body.id}`)).status).toBe(204);
    expect((await owner.get('/api/senders')).body).toEqual([]);
    expect((await owner.delete(`/api/senders/${body.id}`)).body.error.code).toBe('sender.not-found');
  });

  test('stay with their program once somebody has said STOP to it', async () => {
    const { body } = await owner.post('/api/senders', sender({ address: '999' }));
    const shop = (await owner.post('/api/programs', { ...PROGRAM, name: 'Shop' })).body.id;
    const move = (to: string) =>
      owner.patch(`/api/senders/${body.id}`, sender({ address: '999', programId: to }));
    expect([(await move(shop)).status, (await move(programId)).status]).toEqual([204, 204]);
    const { source } = server.database;
    await source.query(
      `insert into consents (workspace_id, contact_id, scope, state, because, since, head)
       select workspace_id, gen_random_uuid(), 'program:' || id, 'stopped', 'stop', now(), '' from programs where id = $1`,
      [programId],
    );
    expect(await move(shop)).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'sender.in-use',
          place: 'programId',
          message: expect.stringMatching(/^1 person has said STOP/),
        },
      },
    });
    await source.query('delete from consents');
    await source.query('delete from programs where id = $1', [shop]);
    await owner.delete(`/api/senders/${body.id}`);
  });

  test('are limited by operator, each once and with a number', async () => {
    const operators = [
      { operator: 'us-t-mobile', mostADay: 2_000 },
      { operator: 'GB', perSecond: 10 },
    ];
    const { body } = await owner.post('/api/senders', sender({ address: '888', operators }));
    const [saved] = (await owner.get('/api/senders')).body;
    expect(saved.operators).toEqual([
      { operator: 'us-t-mobile', perSecond: null, mostADay: 2_000 },
      { operator: 'GB', perSecond: 10, mostADay: null },
    ]);
    for (const wrong of [[{ operator: 'GB' }], [operators[1], operators[1]], [{ operator: '', mostADay: 1 }]])
      expect((await owner.post('/api/senders', sender({ address: '889', operators: wrong }))).status).toBe(
        400,
      );
    await owner.delete(`/api/senders/${body.id}`);
  });

  test.each([
    [{ kind: 'short-code', address: 'ACME' }, 'sender.address', 'address'],
    [{ kind: 'long-number', address: '12345' }, 'sender.address', 'address'],
    [{ kind: 'alphanumeric', address: '12345' }, 'sender.address', 'address'],
    [{ kind: 'alphanumeric', address: 'ACME Corporation' }, 'sender.address', 'address'],
    [{ gatewayId: UNKNOWN }, 'sender.gateway-unknown', 'gatewayId'],
    [{ programId: UNKNOWN }, 'sender.program-unknown', 'programId'],
  ])('cannot be %j', async (more, code, place) => {
    const { status, body } = await owner.post('/api/senders', sender(more));
    expect([status, body.error.code, body.error.place]).toEqual([422, code, place]);
  });

  test('have an address once', async () => {
    expect((await owner.post('/api/senders', sender({ address: '777' }))).status).toBe(201);
    const { status, body } = await owner.post('/api/senders', sender({ address: '7-7-7' }));
    expect([status, body.error.code]).toEqual([409, 'sender.address-taken']);
  });

  test('that a live keyword names are not removed', async () => {
    const { body } = await owner.post('/api/senders', sender({ address: '54321' }));
    const definition = {
      schemaVersion: 1,
      name: 'Bound',
      triggers: [{ kind: 'keyword', words: ['BOUND'], sender: '54321' }],
      nodes: [{ id: 'end', kind: 'end', config: {} }],
      edges: [],
      start: 'end',
    };
    const flow = await owner.post('/api/flows', { name: 'Bound', definition });
    expect((await owner.post(`/api/flows/${flow.body.id}/publish`, { revision: 1 })).status).toBe(204);
    const refused = await owner.delete(`/api/senders/${body.id}`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'sender.in-use']);
    expect(refused.body.error.message).toContain('BOUND');
    expect((await owner.get('/api/keywords')).body).toEqual([
      {
        word: 'BOUND',
        match: 'first-word',
        sender: '54321',
        medium: null,
        from: null,
        until: null,
        known: 'any',
        flow: { id: flow.body.id, name: 'Bound', version: 1 },
      },
    ]);
  });
});

describe('lists', () => {
  const ANY = { basis: 'express', impliedDays: null, minimumAge: null };
  const NEWS = { key: 'news', name: 'News', optIn: 'double', countries: {}, lastsDays: null, asksHours: 72 };

  test('are added once, and changed but for their key', async () => {
    expect((await owner.post('/api/lists', NEWS)).status).toBe(204);
    expect((await owner.post('/api/lists', NEWS)).body.error.code).toBe('list.key-taken');
    expect((await owner.patch('/api/lists/news', { ...NEWS, optIn: 'single' })).status).toBe(204);
    expect((await owner.get('/api/lists')).body).toEqual([
      { ...NEWS, ...ANY, optIn: 'single', confirmed: 0, pending: 0, revoked: 0 },
    ]);
    expect((await owner.patch('/api/lists/news', { ...NEWS, key: 'other' })).body.error.code).toBe(
      'list.key-fixed',
    );
    expect((await owner.patch('/api/lists/none', { ...NEWS, key: 'none' })).body.error.code).toBe(
      'list.not-found',
    );
  });

  test('have keys that are fit for addresses', async () => {
    const { status, body } = await owner.post('/api/lists', { ...NEWS, key: 'Our News' });
    expect([status, body.error.place]).toEqual([400, 'key']);
  });
});

describe('people', () => {
  test('are invited by a link, get another role, and leave', async () => {
    const { status, body } = await owner.post('/api/people', {
      name: 'Bo',
      email: 'bo@example.com',
      role: 'analyst',
    });
    expect(status).toBe(201);
    expect(body.link).toMatch(new RegExp(`^${server.url}/sign-in#`));
    const bo = await signInByLink(server.url, body.link);
    expect((await owner.patch(`/api/people/${body.person.id}`, { role: 'author' })).status).toBe(204);
    expect((await bo.get('/api/session')).body.role).toBe('author');
    expect((await owner.get('/api/people')).body).toContainEqual({
      ...body.person,
      role: 'author',
      lastSeenAt: expect.any(String),
    });
    expect((await owner.delete(`/api/people/${body.person.id}`)).status).toBe(204);
    expect((await owner.delete(`/api/people/${body.person.id}`)).body.error.code).toBe('person.not-found');
  });

  test('share no e-mail address', async () => {
    const { status, body } = await owner.post('/api/people', {
      name: 'Ann 2',
      email: 'ANN@example.com',
      role: 'agent',
    });
    expect([status, body.error.code]).toEqual([409, 'person.email-taken']);
  });

  test('never leave a workspace without an owner', async () => {
    const me = (await owner.get('/api/session')).body.person.id;
    const demoted = await owner.patch(`/api/people/${me}`, { role: 'analyst' });
    expect([demoted.status, demoted.body.error.code]).toEqual([409, 'person.last-owner']);
    expect((await owner.delete(`/api/people/${me}`)).body.error.code).toBe('person.last-owner');
  });
});

describe('the workspace', () => {
  test('has a name and a time zone', async () => {
    expect((await owner.patch('/api/workspace', { name: 'ACME', timeZone: 'Europe/London' })).status).toBe(
      204,
    );
    expect((await owner.get('/api/session')).body.workspace).toMatchObject({
      name: 'ACME',
      timeZone: 'Europe/London',
    });
    const { status, body } = await owner.patch('/api/workspace', { name: 'ACME', timeZone: 'Mars/Olympus' });
    expect([status, body.error.code]).toEqual([422, 'workspace.time-zone']);
  });

  test('caps how much marketing one person gets', async () => {
    const caps = async () => (await owner.get('/api/session')).body.workspace;
    const change = (more: object) =>
      owner.patch('/api/workspace', { name: 'Ours', timeZone: 'UTC', ...more });
    await change({ marketingADay: 1, marketingAWeek: 3 });
    await change({});
    expect(await caps()).toMatchObject({ marketingADay: 1, marketingAWeek: 3 });
    await change({ marketingADay: null, marketingAWeek: null });
    expect(await caps()).toMatchObject({ marketingADay: null, marketingAWeek: null });
    expect((await change({ marketingADay: 0 })).body.error.place).toBe('marketingADay');
  });

  test('tells who turned that switch, and when', async () => {
    await owner.post('/api/sending', { stopped: true });
    const { workspace } = (await owner.get('/api/session')).body;
    expect(workspace.stopped).toEqual({ by: 'Owner', at: expect.any(String) });
    await owner.post('/api/sending', { stopped: false });
    expect((await owner.get('/api/session')).body.workspace.stopped).toBeNull();
    expect((await owner.get('/api/sending')).body).toMatchObject([
      { stopped: false, by: 'Owner' },
      { stopped: true, by: 'Owner', at: workspace.stopped.at },
    ]);
  });

  test('has one switch that stops all sending', async () => {
    await owner.post('/api/sending', { stopped: true });
    expect((await owner.get('/api/session')).body.workspace.sendingStopped).toBe(true);
    await owner.post('/api/sending', { stopped: false });
    expect((await owner.get('/api/session')).body.workspace.sendingStopped).toBe(false);
  });
});

test('what is set up is nobody else’s: ids of another workspace lead nowhere', async () => {
  const other = await server.database.source.query(
    `with w as (insert into workspaces (id, name, created_at) values (gen_random_uuid(), 'Other', now()) returning id)
     insert into programs (id, workspace_id, name, brand, contact, created_at)
     select gen_random_uuid(), w.id, 'Theirs', 'Theirs', 'x', now() from w returning id`,
  );
  expect((await owner.patch(`/api/programs/${other[0].id}`, PROGRAM)).status).toBe(404);
  const { body } = await owner.post('/api/senders', sender({ address: '999', programId: other[0].id }));
  expect(body.error.code).toBe('sender.program-unknown');
});
