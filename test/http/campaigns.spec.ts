import { describe, expect, test } from '@jest/globals';
import { CampaignClock } from '#server/campaigns/campaign-clock.ts';
import type { Campaign } from '#shared/api/campaigns.ts';
import { stageCampaigns } from '../support/campaign-stage.ts';
import { lineFlow } from '../support/line-flow.ts';
import { resumeFlow } from '../support/publish-draft.ts';

const { stage, clock, flows, query, workspaceId, people, draft, show, begin, run, jump, outcomes, textsTo } =
  stageCampaigns();

describe('a campaign', () => {
  test('says before what it would do, and then does just that, once for each', async () => {
    const phones = await people('a', 120, 90);
    const [stopped = ''] = phones;
    await stage.owner.post('/in/simulated/demo', { from: stopped, to: '12345', text: 'STOP' });
    const before = (await textsTo([stopped])).get(stopped);
    const id = await draft(flows.offers, { audience: { kind: 'tag', tag: 'a' }, perMinute: 6_000 });
    const { body: preview } = await stage.owner.get(`/api/campaigns/${id}/preview`);
    expect(preview).toMatchObject({
      people: 120,
      looked: 120,
      texts: 89,
      segments: 89,
      conversation: { min: 0, max: 1 },
      finishesAt: new Date(clock.now() + 1_200).toISOString(),
    });
    const promised = { started: 89, 'no-consent': 30, stopped: 1 };
    expect(outcomes(preview)).toEqual(promised);
    expect(await begin(id)).toBe(204);
    const done = await run(id);
    expect([done.status, done.people, done.waiting, done.texts, done.segments]).toEqual([
      'done',
      120,
      0,
      89,
      89,
    ]);
    expect(outcomes(done)).toEqual(promised);
    expect(done.runs.find(({ state }) => state === 'completed')?.people).toBe(89);
    const texts = await textsTo(phones);
    expect(phones.map((phone) => texts.get(phone))).toEqual(
      phones.map((_, n) => (n === 0 ? before : n < 90 ? 1 : 0)),
    );
    const file = await stage.owner.get(`/api/campaigns/${id}/export`);
    expect(file.text.trim().split('\r\n')).toHaveLength(121);
  });

  test('keeps its pace, pauses, goes on, leaves out who says STOP meanwhile, and can be taken back', async () => {
    const phones = await people('bb', 50);
    const id = await draft(flows.news, { audience: { kind: 'tag', tag: 'bb' }, perMinute: 600 });
    await begin(id);
    await run(id, 2);
    await stage.owner.post(`/api/campaigns/${id}/pause`);
    // A helping that was under way when it was paused comes to its end.
    let paused = await show(id);
    for (let before = -1; before !== paused.waiting; paused = await show(id)) {
      before = paused.waiting;
      await stage.server.app.get(CampaignClock).workDue();
    }
    expect(paused.status).toBe('paused');
    // Ten a second: three seconds have begun.
    expect([20, 30]).toContain(paused.waiting);
    clock.advance(600_000);
    await stage.server.app.get(CampaignClock).workDue();
    expect((await show(id)).waiting).toBe(paused.waiting);
    const [next] = await query(
      'select phone from orders where campaign_id = $1 and outcome is null order by due_at, id limit 1',
      [id],
    );
    await stage.owner.post('/in/simulated/demo', { from: next.phone, to: '12345', text: 'STOP' });
    expect(await begin(id)).toBe(204);
    while (!outcomes(await show(id)).stopped) await stage.server.app.get(CampaignClock).workDue();
    expect((await stage.owner.post(`/api/campaigns/${id}/cancel`)).status).toBe(204);
    const over = await run(id);
    const { started = 0, 'left-out': left = 0 } = outcomes(over);
    expect([over.status, over.waiting, started + left]).toEqual(['cancelled', 0, 49]);
    expect(left).toBeGreaterThan(0);
    const texts = await textsTo(phones);
    expect([...texts.values()].reduce((sum, n) => sum + n, 0)).toBe(started + 1);
    const again = await stage.owner.post(`/api/campaigns/${id}/begin`);
    expect([again.status, again.body.error.code]).toEqual([409, 'campaign.status']);
  });

  test('takes the numbers of a file, each once, with what stands beside them', async () => {
    const id = await draft(flows.offers, { audience: { kind: 'file' }, perMinute: 6_000 });
    expect((await stage.owner.post(`/api/campaigns/${id}/begin`)).body.error.code).toBe('campaign.nobody');
    const added = await stage.owner.post(`/api/campaigns/${id}/people`, {
      people: [
        { phone: '+44 7700 900501', fields: { name: 'Ada' } },
        { phone: '+447700900501' },
        { phone: 'nobody' },
        { phone: '+447700900502' },
      ],
    });
    expect(added.body).toEqual({ added: 2, repeated: 1, wrong: [2] });
    const { body: preview } = await stage.owner.get(`/api/campaigns/${id}/preview`);
    // A file is no consent.
    expect(outcomes(preview)).toEqual({ 'no-consent': 2 });
    await begin(id);
    expect(outcomes(await run(id))).toEqual({ 'no-consent': 2 });
    const { body } = await stage.owner.get('/api/contacts?search=%2B447700900501');
    expect(body.items[0].name).toBe('Ada');
    const later = await stage.owner.post(`/api/campaigns/${id}/people`, {
      people: [{ phone: '+447700900503' }],
    });
    expect([later.status, later.body.error.code]).toEqual([409, 'campaign.closed']);
    const { body: page } = await stage.owner.get(`/api/campaigns/${id}/people?search=900502`);
    expect(page).toMatchObject({ total: 1, items: [{ phone: '+447700900502', outcome: 'held-back' }] });
  });

  test('begins when each person’s own clock shows the time', async () => {
    clock.set('2026-03-10T12:00:00Z');
    await query(
      `insert into contacts (workspace_id, id, phone, tags, created_at) values
       ($1, gen_random_uuid(), '+81312345601', '{zones}', $2), ($1, gen_random_uuid(), '+442079460601', '{zones}', $2),
       ($1, gen_random_uuid(), '+34912345601', '{zones}', $2)`,
      [workspaceId(), new Date(clock.now())],
    );
    const id = await draft(flows.news, {
      audience: { kind: 'tag', tag: 'zones' },
      schedule: { kind: 'at', at: '2026-03-12T09:00', zone: 'contact' },
    });
    // Tokyo's turn comes at midnight; the two others', at ten a second, when it is nine in London and on the Canaries.
    const ends = '2026-03-12T09:00:00.200Z';
    const { body: preview } = await stage.owner.get(`/api/campaigns/${id}/preview`);
    expect([preview.beginsAt, preview.finishesAt]).toEqual(['2026-03-11T19:00:00.000Z', ends]);
    expect(await begin(id)).toBe(204);
    expect((await show(id)).startsAt).toBe('2026-03-11T19:00:00.000Z');
    const begunAt = async (moment: string) => {
      clock.set(moment);
      for (let n = 0; n < 3; n++) {
        await stage.server.app.get(CampaignClock).workDue();
        clock.advance(3_000);
      }
      return (
        await query(
          'select phone from orders where campaign_id = $1 and outcome is not null order by phone',
          [id],
        )
      ).map(({ phone }: { phone: string }) => phone);
    };
    expect(await begunAt('2026-03-11T18:59:00Z')).toEqual([]);
    expect(await begunAt('2026-03-11T23:59:00Z')).toEqual([]);
    // Tokyo, then Madrid's last clock (the Canaries'), which is London's.
    expect(await begunAt('2026-03-12T00:00:00Z')).toEqual(['+81312345601']);
    expect((await show(id)).finishesAt).toBe(ends);
    expect(await begunAt('2026-03-12T08:59:00Z')).toEqual(['+81312345601']);
    expect(await begunAt('2026-03-12T09:00:00Z')).toHaveLength(3);
    expect((await run(id)).status).toBe('done');
  });

  test('that repeats keeps to the wall clock when daylight saving begins, and ends when it is cancelled', async () => {
    await stage.owner.patch('/api/workspace', { name: 'Demo', timeZone: 'Europe/London' });
    clock.set('2026-03-20T12:00:00Z');
    const [phone = ''] = await people('weekly', 1);
    const id = await draft(flows.news, {
      audience: { kind: 'tag', tag: 'weekly' },
      schedule: { kind: 'every', every: 'week', at: '2026-03-22T10:00', zone: 'workspace' },
    });
    await begin(id);
    const chain = async (): Promise<Campaign[]> =>
      (await stage.owner.get('/api/campaigns?search=PARCEL&size=100')).body.items
        .filter((one: Campaign) => one.audience.kind === 'tag' && one.audience.tag === 'weekly')
        .reverse();
    expect((await chain()).map(({ startsAt }) => startsAt)).toEqual(['2026-03-22T10:00:00.000Z']);
    clock.set('2026-03-22T10:00:00Z');
    await run(id);
    expect((await chain()).map(({ status, startsAt, number }) => [number, status, startsAt])).toEqual([
      [1, 'done', '2026-03-22T10:00:00.000Z'],
      [2, 'scheduled', '2026-03-29T09:00:00.000Z'],
    ]);
    const [, second] = await chain();
    // The server was away for three weeks: what was missed is not made up for.
    await jump('2026-04-20T12:00:00Z');
    await run(second?.id ?? '');
    expect((await textsTo([phone])).get(phone)).toBe(2);
    const { startsAt, beganAt } = await show(second?.id ?? '');
    expect([startsAt, beganAt]).toEqual(['2026-03-29T09:00:00.000Z', '2026-04-20T12:00:00.000Z']);
    const last = (await chain()).at(-1);
    expect([last?.number, last?.missed, last?.startsAt]).toEqual([6, 3, '2026-04-26T09:00:00.000Z']);
    await stage.owner.post(`/api/campaigns/${last?.id}/cancel`);
    await jump('2026-06-01T00:00:00Z');
    await stage.server.app.get(CampaignClock).workDue();
    expect((await chain()).map(({ status }) => status)).toEqual(['done', 'done', 'cancelled']);
  });

  test('begins when the workspace’s clock shows its time, also where that is set to another zone meanwhile', async () => {
    const at = new Date(clock.now() + 86_400_000).toISOString().slice(0, 16);
    const set = (timeZone: string) => stage.owner.call('PATCH', '/api/workspace', { timeZone });
    const startsAt = async (id: string) => Date.parse((await show(id)).startsAt ?? '') - Date.parse(`${at}Z`);
    const plan = { audience: { kind: 'tag', tag: 'nobody' } };
    const [here, there] = [
      await draft(flows.news, { ...plan, schedule: { kind: 'every', every: 'day', at, zone: 'workspace' } }),
      await draft(flows.news, { ...plan, schedule: { kind: 'at', at, zone: 'contact' } }),
    ];
    for (const id of [here, there]) expect(await begin(id)).toBe(204);
    const before = [await startsAt(here), await startsAt(there)];
    for (const [zone, hours] of [
      ['Asia/Tokyo', -9],
      ['America/Lima', 5],
      ['UTC', 0],
    ] as const) {
      expect((await set(zone)).status).toBe(204);
      expect([await startsAt(here), await startsAt(there)]).toEqual([hours * 3_600_000, before[1]]);
    }
    await set('Europe/London');
    for (const id of [here, there]) await stage.owner.post(`/api/campaigns/${id}/cancel`);
  });

  test('that repeats ends with one that is cancelled under way', async () => {
    await people('daily', 3);
    const id = await draft(flows.news, {
      audience: { kind: 'tag', tag: 'daily' },
      perMinute: 1,
      schedule: { kind: 'every', every: 'day', at: '2026-06-10T13:00', zone: 'workspace' },
    });
    await begin(id);
    await jump('2026-06-10T12:00:00Z');
    await stage.server.app.get(CampaignClock).workDue();
    const series = async (): Promise<string[]> =>
      (await stage.owner.get('/api/campaigns?size=100')).body.items
        .filter((one: Campaign) => one.audience.kind === 'tag' && one.audience.tag === 'daily')
        .map(({ status }: Campaign) => status);
    expect(await series()).toEqual(['scheduled', 'running']);
    expect((await stage.owner.post(`/api/campaigns/${id}/cancel`)).status).toBe(204);
    expect(await series()).toEqual(['cancelled', 'cancelled']);
  });

  test('pauses by itself where its flow is paused', async () => {
    await people('gone', 3);
    const id = await draft(flows.news, { audience: { kind: 'tag', tag: 'gone' } });
    await begin(id);
    await stage.owner.patch(`/api/flows/${flows.news}`, { status: 'paused' });
    const paused = await run(id);
    expect([paused.status, paused.trouble]).toEqual(['paused', 'flow-not-live']);
    const refused = await stage.owner.post(`/api/campaigns/${id}/begin`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'flow.not-live']);
    expect((await resumeFlow(stage.owner, flows.news)).status).toBe(204);
    expect(await begin(id)).toBe(204);
    const done = await run(id);
    expect([outcomes(done), done.trouble]).toEqual([{ started: 3 }, null]);
  });

  test('is not begun with a flow that answers texts nobody has sent', async () => {
    const hello = ['message', { text: 'Your table is kept.', purpose: 'reply' }, 'next'] as const;
    const replies = await stage.publish(lineFlow('TABLE', [...hello]));
    const plan = { name: 'Tables', flowId: replies, audience: { kind: 'tag', tag: 'a' } };
    const { status, body } = await stage.owner.post('/api/campaigns', plan);
    expect([status, body.error.code, body.error.place]).toEqual([422, 'flow.not-orderable', 'flowId']);
    expect(body.error.message).toMatch(/^“TABLE” cannot be begun with people who have not texted: /);
    expect(body.error.issues[0]).toMatchObject({ code: 'reply.unasked', place: 'step-0.config.purpose' });
    const drafted = await draft(flows.news, { audience: { kind: 'tag', tag: 'a' } });
    await query(
      'update campaigns set version_id = (select version_id from flows where id = $2) where id = $1',
      [drafted, replies],
    );
    const [found] = (await stage.owner.get(`/api/campaigns/${drafted}/findings`)).body;
    expect(found).toMatchObject({ code: 'reply.unasked', finding: { severity: 'error' } });
    expect(await begin(drafted)).toBe(422);
    expect((await show(drafted)).status).toBe('draft');
  });

  test('refuses what cannot be', async () => {
    const code = async (plan: object) => {
      const audience = { kind: 'tag', tag: 'a' };
      const { status, body } = await stage.owner.post('/api/campaigns', {
        name: 'x',
        flowId: flows.news,
        audience,
        ...plan,
      });
      return [status, body.error?.code];
    };
    const at = (wall: string, kind = 'at') => ({
      schedule: { kind, at: wall, zone: 'workspace', ...(kind === 'every' && { every: 'day' }) },
    });
    expect(await code(at('2026-02-30T10:00'))).toEqual([422, 'campaign.time']);
    expect(await code({ ...at('2026-07-01T10:00', 'every'), audience: { kind: 'file' } })).toEqual([
      422,
      'campaign.file-once',
    ]);
    expect(await code({ version: 9 })).toEqual([404, 'flow.version-not-found']);
    expect(await code({ name: '' })).toEqual([400, 'body.invalid']);
    expect(await code({ audience: { kind: 'list', list: 'nobodys' } })).toEqual([422, 'list.not-found']);
    const late = await draft(flows.news, { audience: { kind: 'tag', tag: 'a' }, ...at('2026-01-01T10:00') });
    expect((await stage.owner.post(`/api/campaigns/${late}/begin`)).body.error.code).toBe(
      'campaign.too-late',
    );
    expect((await stage.owner.delete(`/api/campaigns/${late}`)).status).toBe(204);
    expect((await stage.owner.get(`/api/campaigns/${late}`)).status).toBe(404);
  });
});
