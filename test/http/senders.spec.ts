import { describe, expect, test } from '@jest/globals';
import { queueText } from '../db/support/queue-text.ts';
import { PROGRAM, stageSettings, UNKNOWN } from '../support/settings-stage.ts';

const stage = stageSettings();

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
    const { body } = await stage.owner.post('/api/senders', stage.sender({ address: '777', ...limits }));
    await stage.server.database.source.query(
      `insert into sent_days (workspace_id, sender_id, day, texts, segments)
       select workspace_id, md5(workspace_id || ' C1')::uuid, '2026-03-05', 12, 0 from senders where id = $1`,
      [body.id],
    );
    expect((await stage.owner.get('/api/senders')).body).toMatchObject([{ ...limits, sentToday: 12 }]);
    for (const wrong of [{ destinations: ['gb'] }, { mostSegments: 0 }, { mostADay: 0 }, { perSecond: 0 }])
      expect((await stage.owner.patch(`/api/senders/${body.id}`, stage.sender(wrong))).status).toBe(400);
    // What a change leaves out stays as it is.
    expect(
      (await stage.owner.patch(`/api/senders/${body.id}`, stage.sender({ address: '778', mostSegments: 4 })))
        .status,
    ).toBe(204);
    const changed = { ...limits, address: '778', mostSegments: 4 };
    expect((await stage.owner.get('/api/senders')).body).toMatchObject([changed]);
    await stage.owner.patch(
      `/api/senders/${body.id}`,
      stage.sender({ address: '778', mostADay: null, campaign: '' }),
    );
    expect((await stage.owner.get('/api/senders')).body).toMatchObject([
      { ...changed, mostADay: null, campaign: null },
    ]);
    await stage.owner.delete(`/api/senders/${body.id}`);
  });

  test('have what limits put off looked at again where these change, but not what waits for somebody or for its gateway', async () => {
    const { source } = stage.server.database;
    const { body } = await stage.owner.post('/api/senders', stage.sender({ address: '779', mostADay: 1 }));
    const [{ id }] = await source.query('select id from workspaces');
    const workspace = {
      id,
      gatewayId: stage.gatewayId,
      senderId: body.id,
      programId: '',
      door: '',
      flowIds: [],
    };
    await stage.owner.post('/api/sending', { stopped: true });
    const now = stage.clock.now();
    const waits = async (set: string): Promise<string> => {
      const text = await queueText(source, workspace, { to: '+447700900001', text: 'Text', at: now });
      await source.query(`update outbox set ${set} where message_id = $1`, [text]);
      return text;
    };
    const tomorrow = "due_at = due_at + interval '9 hours'";
    const texts = [
      await waits(`held = true, ${tomorrow}`),
      await waits(tomorrow),
      await waits(`attempts = 3, ${tomorrow}`),
      await waits(`held = true, due_at = '9999-12-31'`),
    ];
    const isDue = async (): Promise<boolean[]> => {
      const rows: { message_id: string; due: boolean }[] = await source.query(
        'select message_id, due_at <= $1 as due from outbox',
        [new Date(now)],
      );
      return texts.map((text) => rows.find((row) => row.message_id === text)?.due ?? false);
    };
    const change = (more: object) => stage.owner.patch(`/api/senders/${body.id}`, more);
    await change({ mostADay: 1, mostSegments: 5 });
    expect(await isDue()).toEqual([false, false, false, false]);
    expect((await change({ mostADay: 2 })).status).toBe(204);
    expect(await isDue()).toEqual([true, true, false, false]);
    await source.query(`update outbox set ${tomorrow} where message_id = $1`, [texts[0]]);
    expect((await stage.owner.patch('/api/workspace', { marketingADay: 3 })).status).toBeLessThan(300);
    expect(await isDue()).toEqual([true, true, false, false]);
    await source.query('truncate outbox, outbound');
    await stage.owner.post('/api/sending', { stopped: false });
    await stage.owner.delete(`/api/senders/${body.id}`);
  });

  test('are added, listed, changed and removed', async () => {
    const long = stage.sender({ address: '07700 900123', kind: 'long-number' });
    const { body } = await stage.owner.post('/api/senders', long);
    expect((await stage.owner.get('/api/senders')).body).toEqual([
      {
        id: body.id,
        address: '+447700900123',
        kind: 'long-number',
        country: 'GB',
        gateway: { id: stage.gatewayId, name: 'Carrier', kind: 'http' },
        program: { id: stage.programId, name: 'Club' },
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
    expect((await stage.owner.patch(`/api/senders/${body.id}`, stage.sender())).status).toBe(204);
    expect((await stage.owner.get('/api/senders')).body).toMatchObject([{ address: '12345' }]);
    expect((await stage.owner.delete(`/api/senders/${body.id}`)).status).toBe(204);
    expect((await stage.owner.get('/api/senders')).body).toEqual([]);
    expect((await stage.owner.delete(`/api/senders/${body.id}`)).body.error.code).toBe('sender.not-found');
  });

  test('stay with their program once somebody has said STOP to it', async () => {
    const { body } = await stage.owner.post('/api/senders', stage.sender({ address: '999' }));
    const shop = (await stage.owner.post('/api/programs', { ...PROGRAM, name: 'Shop' })).body.id;
    const move = (to: string) =>
      stage.owner.patch(`/api/senders/${body.id}`, stage.sender({ address: '999', programId: to }));
    expect([(await move(shop)).status, (await move(stage.programId)).status]).toEqual([204, 204]);
    const { source } = stage.server.database;
    await source.query(
      `insert into consents (workspace_id, contact_id, scope, state, because, since, head)
       select workspace_id, gen_random_uuid(), 'program:' || id, 'stopped', 'stop', now(), '' from programs where id = $1`,
      [stage.programId],
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
    await stage.owner.delete(`/api/senders/${body.id}`);
  });

  test('are limited by operator, each once and with a number', async () => {
    const operators = [
      { operator: 'us-t-mobile', mostADay: 2_000 },
      { operator: 'GB', perSecond: 10 },
    ];
    const { body } = await stage.owner.post('/api/senders', stage.sender({ address: '888', operators }));
    const [saved] = (await stage.owner.get('/api/senders')).body;
    expect(saved.operators).toEqual([
      { operator: 'us-t-mobile', perSecond: null, mostADay: 2_000 },
      { operator: 'GB', perSecond: 10, mostADay: null },
    ]);
    for (const wrong of [[{ operator: 'GB' }], [operators[1], operators[1]], [{ operator: '', mostADay: 1 }]])
      expect(
        (await stage.owner.post('/api/senders', stage.sender({ address: '889', operators: wrong }))).status,
      ).toBe(400);
    await stage.owner.delete(`/api/senders/${body.id}`);
  });

  test.each([
    [{ kind: 'short-code', address: 'ACME' }, 'sender.address', 'address'],
    [{ kind: 'long-number', address: '12345' }, 'sender.address', 'address'],
    [{ kind: 'alphanumeric', address: '12345' }, 'sender.address', 'address'],
    [{ kind: 'alphanumeric', address: 'ACME Corporation' }, 'sender.address', 'address'],
    [{ gatewayId: UNKNOWN }, 'sender.gateway-unknown', 'gatewayId'],
    [{ programId: UNKNOWN }, 'sender.program-unknown', 'programId'],
  ])('cannot be %j', async (more, code, place) => {
    const { status, body } = await stage.owner.post('/api/senders', stage.sender(more));
    expect([status, body.error.code, body.error.place]).toEqual([422, code, place]);
  });

  test('have an address once', async () => {
    expect((await stage.owner.post('/api/senders', stage.sender({ address: '777' }))).status).toBe(201);
    const { status, body } = await stage.owner.post('/api/senders', stage.sender({ address: '7-7-7' }));
    expect([status, body.error.code]).toEqual([409, 'sender.address-taken']);
  });

  test('that a live keyword names are not removed', async () => {
    const { body } = await stage.owner.post('/api/senders', stage.sender({ address: '54321' }));
    const definition = {
      schemaVersion: 1,
      name: 'Bound',
      triggers: [{ kind: 'keyword', words: ['BOUND'], sender: '54321' }],
      nodes: [{ id: 'end', kind: 'end', config: {} }],
      edges: [],
      start: 'end',
    };
    const flow = await stage.owner.post('/api/flows', { name: 'Bound', definition });
    expect((await stage.owner.post(`/api/flows/${flow.body.id}/publish`, { revision: 1 })).status).toBe(204);
    const refused = await stage.owner.delete(`/api/senders/${body.id}`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'sender.in-use']);
    expect(refused.body.error.message).toContain('BOUND');
    expect((await stage.owner.get('/api/keywords')).body).toEqual([
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

test('what is set up is nobody else’s: ids of another workspace lead nowhere', async () => {
  const other = await stage.server.database.source.query(
    `with w as (insert into workspaces (id, name, created_at) values (gen_random_uuid(), 'Other', now()) returning id)
     insert into programs (id, workspace_id, name, brand, contact, created_at)
     select gen_random_uuid(), w.id, 'Theirs', 'Theirs', 'x', now() from w returning id`,
  );
  expect((await stage.owner.patch(`/api/programs/${other[0].id}`, PROGRAM)).status).toBe(404);
  const { body } = await stage.owner.post(
    '/api/senders',
    stage.sender({ address: '999', programId: other[0].id }),
  );
  expect(body.error.code).toBe('sender.program-unknown');
});
