import { describe, expect, test } from '@jest/globals';
import { signInByLink } from '../support/api-client.ts';
import { GATEWAY, PROGRAM, stageSettings, UNKNOWN } from '../support/settings-stage.ts';

const stage = stageSettings();

describe('programs', () => {
  test('are listed with the words they have of their own', async () => {
    expect((await stage.owner.get('/api/programs')).body).toEqual([
      {
        id: stage.programId,
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
    expect((await stage.owner.patch(`/api/programs/${stage.programId}`, changed)).status).toBe(204);
    expect((await stage.owner.get('/api/programs')).body).toMatchObject([{ helpText: 'Call us.' }]);
  });

  test('of nobody are not', async () => {
    const { status, body } = await stage.owner.patch(`/api/programs/${UNKNOWN}`, PROGRAM);
    expect([status, body.error.code]).toEqual([404, 'program.not-found']);
  });
});

describe('gateways', () => {
  test('get an address of their own, and never show their secret', async () => {
    const { body, text } = await stage.owner.get('/api/gateways');
    expect(body).toEqual([
      {
        id: stage.gatewayId,
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
        health: { state: 'working', trouble: null, since: null, until: null, reason: null },
      },
    ]);
    expect(text).not.toContain('hush');
  });

  test('keep their secret when none is given, and their kind always', async () => {
    const without = { kind: 'http', sendUrl: null, secret: '' };
    expect((await stage.owner.patch(`/api/gateways/${stage.gatewayId}`, without)).status).toBe(204);
    expect((await stage.owner.get('/api/gateways')).body).toMatchObject([{ sendUrl: null, signed: true }]);
    const { status, body } = await stage.owner.patch(`/api/gateways/${stage.gatewayId}`, {
      name: 'Carrier',
      kind: 'simulated',
    });
    expect([status, body.error.code, body.error.place]).toEqual([422, 'gateway.kind-fixed', 'kind']);
  });

  test('keep how they treat parts and repeats until that is changed', async () => {
    const change = (more: object) =>
      stage.owner.patch(`/api/gateways/${stage.gatewayId}`, { name: 'Carrier', kind: 'http', ...more });
    await change({ partsSeconds: 30, repeatSeconds: 90 });
    await change({});
    expect((await stage.owner.get('/api/gateways')).body).toMatchObject([
      { partsSeconds: 30, repeatSeconds: 90 },
    ]);
    expect((await change({ partsSeconds: 1 })).body.error.place).toBe('partsSeconds');
    await change({ partsSeconds: 300, repeatSeconds: 0 });
  });

  test('keep their pace until that is changed, and say when they are left alone', async () => {
    const change = (more: object) =>
      stage.owner.patch(`/api/gateways/${stage.gatewayId}`, { name: 'Carrier', kind: 'http', ...more });
    const shown = async () => (await stage.owner.get('/api/gateways')).body[0];
    await change({ mostAtOnce: 20, perSecond: 2.5 });
    await change({});
    expect(await shown()).toMatchObject({ mostAtOnce: 20, perSecond: 2.5 });
    await change({ mostAtOnce: null, perSecond: null });
    expect(await shown()).toMatchObject({ mostAtOnce: null, perSecond: null });
    const { source } = stage.server.database;
    const rest = (until: string) =>
      source.query(
        `insert into gateway_troubles (gateway_id, since, until, rests, reason) values ($1, now(), $2, 1, 'HTTP 500')
         on conflict (gateway_id) do update set until = excluded.until`,
        [stage.gatewayId, until],
      );
    await rest('2100-01-01');
    expect((await shown()).health).toMatchObject({ state: 'resting', reason: 'HTTP 500' });
    // Whoever saves it wants to know at once whether it works now.
    await change({});
    expect((await shown()).health).toMatchObject({ state: 'trying', reason: 'HTTP 500' });
    await rest('2100-01-01');
    await rest('2000-01-01');
    expect((await shown()).health).toMatchObject({ state: 'trying' });
    await source.query('delete from gateway_troubles');
  });

  test('show their key to owners only', async () => {
    const { body } = await stage.owner.post('/api/people', {
      name: 'Ann',
      email: 'ann@example.com',
      role: 'publisher',
    });
    const ann = await signInByLink(stage.server.url, body.link);
    expect((await ann.get('/api/gateways')).body).toMatchObject([{ inboundPath: '/in/http/…' }]);
  });

  test.each(['javascript:alert(1)', 'ftp://carrier.example', 'carrier', ''])(
    'do not send to %j',
    async (sendUrl) => {
      const { status, body } = await stage.owner.post('/api/gateways', { ...GATEWAY, sendUrl });
      expect([status, body.error.place]).toEqual([400, 'sendUrl']);
    },
  );
});

describe('lists', () => {
  const ANY = { basis: 'express', impliedDays: null, minimumAge: null };
  const NEWS = { key: 'news', name: 'News', optIn: 'double', countries: {}, lastsDays: null, asksHours: 72 };

  test('are added once, and changed but for their key', async () => {
    expect((await stage.owner.post('/api/lists', NEWS)).status).toBe(204);
    expect((await stage.owner.post('/api/lists', NEWS)).body.error.code).toBe('list.key-taken');
    expect((await stage.owner.patch('/api/lists/news', { ...NEWS, optIn: 'single' })).status).toBe(204);
    expect((await stage.owner.get('/api/lists')).body).toEqual([
      { ...NEWS, ...ANY, optIn: 'single', confirmed: 0, pending: 0, revoked: 0 },
    ]);
    expect((await stage.owner.patch('/api/lists/news', { ...NEWS, key: 'other' })).body.error.code).toBe(
      'list.key-fixed',
    );
    expect((await stage.owner.patch('/api/lists/none', { ...NEWS, key: 'none' })).body.error.code).toBe(
      'list.not-found',
    );
  });

  test('have keys that are fit for addresses', async () => {
    const { status, body } = await stage.owner.post('/api/lists', { ...NEWS, key: 'Our News' });
    expect([status, body.error.place]).toEqual([400, 'key']);
  });
});

describe('people', () => {
  test('are invited by a link, get another role, and leave', async () => {
    const { status, body } = await stage.owner.post('/api/people', {
      name: 'Bo',
      email: 'bo@example.com',
      role: 'analyst',
    });
    expect(status).toBe(201);
    expect(body.link).toMatch(new RegExp(`^${stage.server.url}/sign-in#`));
    const bo = await signInByLink(stage.server.url, body.link);
    expect((await stage.owner.patch(`/api/people/${body.person.id}`, { role: 'author' })).status).toBe(204);
    expect((await bo.get('/api/session')).body.role).toBe('author');
    expect((await stage.owner.get('/api/people')).body).toContainEqual({
      ...body.person,
      role: 'author',
      lastSeenAt: expect.any(String),
    });
    expect((await stage.owner.delete(`/api/people/${body.person.id}`)).status).toBe(204);
    expect((await stage.owner.delete(`/api/people/${body.person.id}`)).body.error.code).toBe(
      'person.not-found',
    );
  });

  test('share no e-mail address', async () => {
    const { status, body } = await stage.owner.post('/api/people', {
      name: 'Ann 2',
      email: 'ANN@example.com',
      role: 'agent',
    });
    expect([status, body.error.code]).toEqual([409, 'person.email-taken']);
  });

  test('never leave a workspace without an owner', async () => {
    const me = (await stage.owner.get('/api/session')).body.person.id;
    const demoted = await stage.owner.patch(`/api/people/${me}`, { role: 'analyst' });
    expect([demoted.status, demoted.body.error.code]).toEqual([409, 'person.last-owner']);
    expect((await stage.owner.delete(`/api/people/${me}`)).body.error.code).toBe('person.last-owner');
  });
});

describe('the workspace', () => {
  test('has a name and a time zone', async () => {
    expect(
      (await stage.owner.patch('/api/workspace', { name: 'ACME', timeZone: 'Europe/London' })).status,
    ).toBe(204);
    expect((await stage.owner.get('/api/session')).body.workspace).toMatchObject({
      name: 'ACME',
      timeZone: 'Europe/London',
    });
    const { status, body } = await stage.owner.patch('/api/workspace', {
      name: 'ACME',
      timeZone: 'Mars/Olympus',
    });
    expect([status, body.error.code]).toEqual([422, 'workspace.time-zone']);
  });

  test('caps how much marketing one person gets', async () => {
    const caps = async () => (await stage.owner.get('/api/session')).body.workspace;
    const change = (more: object) =>
      stage.owner.patch('/api/workspace', { name: 'Ours', timeZone: 'UTC', ...more });
    await change({ marketingADay: 1, marketingAWeek: 3 });
    await change({});
    expect(await caps()).toMatchObject({ marketingADay: 1, marketingAWeek: 3 });
    await change({ marketingADay: null, marketingAWeek: null });
    expect(await caps()).toMatchObject({ marketingADay: null, marketingAWeek: null });
    expect((await change({ marketingADay: 0 })).body.error.place).toBe('marketingADay');
  });

  test('tells who turned that switch, and when', async () => {
    await stage.owner.post('/api/sending', { stopped: true });
    const { workspace } = (await stage.owner.get('/api/session')).body;
    expect(workspace.stopped).toEqual({ by: 'Owner', at: expect.any(String) });
    await stage.owner.post('/api/sending', { stopped: false });
    expect((await stage.owner.get('/api/session')).body.workspace.stopped).toBeNull();
    expect((await stage.owner.get('/api/sending')).body).toMatchObject([
      { stopped: false, by: 'Owner' },
      { stopped: true, by: 'Owner', at: workspace.stopped.at },
    ]);
  });

  test('has one switch that stops all sending', async () => {
    await stage.owner.post('/api/sending', { stopped: true });
    expect((await stage.owner.get('/api/session')).body.workspace.sendingStopped).toBe(true);
    await stage.owner.post('/api/sending', { stopped: false });
    expect((await stage.owner.get('/api/session')).body.workspace.sendingStopped).toBe(false);
  });
});
