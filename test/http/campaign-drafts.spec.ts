import { beforeAll, describe, expect, test } from '@jest/globals';
import { CampaignClock } from '#server/campaigns/campaign-clock.ts';
import { newId } from '#server/common/ids.ts';
import type { Campaign } from '#shared/api/campaigns.ts';
import { codeOf } from '../support/api-client.ts';
import { stageDemo } from '../support/demo-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { publishDraft } from '../support/publish-draft.ts';

const clock = new ManualClock('2026-03-05T15:00:00Z');
const stage = stageDemo({ clock });
const parcel = lineFlow('PARCEL', saying('Dear {{contact.name | default: "you"}}, your parcel is here.'));
let parcels: string;
let offers: string;

beforeAll(async () => {
  parcels = (await stage.owner.post('/api/flows', { name: 'PARCEL', definition: parcel })).body.id;
  expect((await publishDraft(stage.owner, parcels)).status).toBe(204);
  offers = await stage.publish(lineFlow('SALE', saying('Everything must go 🎉')));
  await person('+447900000001', 'Ada');
  await person('+447900000002', 'Bo');
  await person('+447900000003', 'Ada');
});

async function person(phone: string, name: string): Promise<void> {
  await stage.sql(
    'insert into contacts (workspace_id, id, phone, tags, fields, created_at) values ($1, $2, $3, $4, $5, $6)',
    [await stage.workspaceId(), newId(clock.now()), phone, ['kept'], { name }, new Date(clock.now())],
  );
}

const PLAN = {
  name: 'Spring',
  audience: { kind: 'tag', tag: 'kept' },
  schedule: { kind: 'now' },
  perMinute: 600,
};
const at = (id: string, rest = '') => `/api/campaigns/${id}${rest}`;
const draft = async (plan: object = {}): Promise<Campaign> => {
  const { body } = await stage.owner.post('/api/campaigns', { ...PLAN, flowId: parcels, ...plan });
  return show(body.id);
};
const show = async (id: string): Promise<Campaign> => (await stage.owner.get(at(id))).body;
const change = async ({ id, revision }: Campaign, plan: object) =>
  codeOf(await stage.owner.put(at(id), { ...PLAN, flowId: parcels, version: 1, revision, ...plan }));

describe('a draft', () => {
  test('shows the texts that people will get, of each kind once', async () => {
    const { id } = await draft();
    const { body: preview } = await stage.owner.get(at(id, '/preview'));
    expect(preview.examples).toHaveLength(2);
    expect(preview.examples).toContainEqual({
      phone: expect.stringMatching(/^\+44790000000[13]$/),
      name: 'Ada',
      texts: ['Dear Ada, your parcel is here.'],
    });
    expect(preview.examples).toContainEqual({
      phone: '+447900000002',
      name: 'Bo',
      texts: ['Dear Bo, your parcel is here.'],
    });
  });

  test('is changed in everything, and is then what was written', async () => {
    const before = await draft();
    const schedule = { kind: 'at', at: '2026-04-01T10:00', zone: 'workspace' };
    const plan = { name: 'Sale', flowId: offers, audience: { kind: 'list', list: 'news' }, schedule };
    expect(await change(before, { ...plan, perMinute: 30, version: undefined })).toEqual([204, undefined]);
    const after = await show(before.id);
    expect(after).toMatchObject({
      ...{ status: 'draft', name: 'Sale', audience: plan.audience, schedule, perMinute: 30 },
      flow: { id: offers, version: 1, newest: 1 },
      wall: '2026-04-01T10:00',
    });
    expect(after.revision).not.toBe(before.revision);
  });

  test('that somebody else changed is left as they left it, and is not begun by who has not seen it', async () => {
    const opened = await draft();
    expect(await change(opened, { name: 'Theirs' })).toEqual([204, undefined]);
    expect(await change(opened, { name: 'Mine' })).toEqual([409, 'campaign.stale']);
    const begin = (revision?: string) =>
      stage.owner.post(at(opened.id, '/begin'), revision === undefined ? {} : { revision });
    expect(codeOf(await begin(opened.revision))).toEqual([409, 'campaign.stale']);
    const theirs = await show(opened.id);
    expect([theirs.name, theirs.status]).toEqual(['Theirs', 'draft']);
    expect(codeOf(await begin(theirs.revision))).toEqual([204, undefined]);
    expect(await change(theirs, { name: 'Too late' })).toEqual([409, 'campaign.status']);
  });

  test('of two who save at the same time one is refused', async () => {
    const opened = await draft();
    const saved = await Promise.all(['One', 'Two'].map((name) => change(opened, { name })));
    expect(saved.map(([status]) => status).sort()).toEqual([204, 409]);
  });

  test('says what is wrong where it is wrong', async () => {
    const one = await draft();
    const place = async (plan: object) => {
      const { body } = await stage.owner.put(at(one.id), {
        ...{ ...PLAN, flowId: parcels, version: 1, revision: one.revision },
        ...plan,
      });
      return [body.error.code, body.error.place ?? body.error.issues[0].place];
    };
    expect(await place({ audience: { kind: 'list', list: 'gone' } })).toEqual([
      'list.not-found',
      'audience.list',
    ]);
    expect(await place({ audience: { kind: 'tag', tag: 'Not a tag' } })).toEqual([
      'body.invalid',
      'audience.tag',
    ]);
    expect(await place({ schedule: { kind: 'at', at: '2026-02-30T10:00', zone: 'contact' } })).toEqual([
      'campaign.time',
      'schedule.at',
    ]);
    expect(await place({ sender: '99999' })).toEqual(['order.sender-unknown', 'sender']);
    expect(await place({ flowId: one.id })).toEqual(['flow.not-found', 'flowId']);
    expect(await place({ version: 9 })).toEqual(['flow.version-not-found', 'flowId']);
    expect(await show(one.id)).toEqual(one);
  });

  test('keeps its version of a flow that was published anew, until somebody takes the new one', async () => {
    const one = await draft();
    const words = lineFlow('PARCEL', saying('It is here.'));
    await stage.owner.put(`/api/flows/${parcels}/draft`, { definition: words, revision: 1 });
    expect((await publishDraft(stage.owner, parcels, 2)).status).toBe(204);
    const texts = async () => (await stage.owner.get(at(one.id, '/preview'))).body.examples[0].texts;
    const old = await show(one.id);
    expect(old.flow).toMatchObject({ version: 1, newest: 2 });
    expect(await texts()).toEqual([expect.stringMatching(/^Dear /)]);
    expect(await change(old, { name: 'Renamed' })).toEqual([204, undefined]);
    expect(await texts()).toEqual([expect.stringMatching(/^Dear /)]);
    expect(await change(await show(one.id), { version: undefined })).toEqual([204, undefined]);
    expect((await show(one.id)).flow).toMatchObject({ version: 2, newest: 2 });
    expect(await texts()).toEqual(['It is here.']);
  });

  test('is renamed though its flow rests, which it is not begun with', async () => {
    const one = await draft({ flowId: offers });
    await stage.owner.patch(`/api/flows/${offers}`, { status: 'paused' });
    expect(await change(one, { flowId: offers, name: 'Later' })).toEqual([204, undefined]);
    expect(codeOf(await stage.owner.post(at(one.id, '/begin')))).toEqual([409, 'flow.not-live']);
    expect(await change(await draft(), { flowId: offers })).toEqual([409, 'flow.not-live']);
  });

  test('gives the numbers of its file up for those of another, or for a tag', async () => {
    const one = await draft({ audience: { kind: 'file' } });
    const add = (...phones: string[]) =>
      stage.owner.post(at(one.id, '/people'), { people: phones.map((phone) => ({ phone })) });
    await add('+447900000101', '+447900000102');
    const file = { audience: { kind: 'file' } };
    expect(await change(one, { ...file, name: 'Kept' })).toEqual([204, undefined]);
    expect((await show(one.id)).people).toBe(2);
    expect(await change(await show(one.id), { ...file, emptied: true })).toEqual([204, undefined]);
    await add('+447900000103');
    const { body: people } = await stage.owner.get(at(one.id, '/people'));
    expect(people.items.map(({ phone }: { phone: string }) => phone)).toEqual(['+447900000103']);
    expect(await change(await show(one.id), {})).toEqual([204, undefined]);
    expect((await stage.owner.get(at(one.id, '/people'))).body.total).toBe(0);
    expect((await stage.owner.get(at(one.id, '/preview'))).body.people).toBe(3);
  });
});

describe('a campaign that waits for its time', () => {
  const inApril = { schedule: { kind: 'at', at: '2026-04-01T10:00', zone: 'workspace' } };

  test('is changed as a draft, and does not begin while it is one', async () => {
    const { id } = await draft(inApril);
    await stage.owner.post(at(id, '/begin'));
    const waiting = await show(id);
    expect(waiting.status).toBe('scheduled');
    expect(await change(waiting, inApril)).toEqual([409, 'campaign.status']);
    expect(codeOf(await stage.owner.post(at(id, '/reopen')))).toEqual([204, undefined]);
    const again = await show(id);
    expect([again.status, again.startsAt]).toEqual(['draft', null]);
    expect(codeOf(await stage.owner.post(at(id, '/reopen')))).toEqual([409, 'campaign.status']);
    expect(await change(again, { ...inApril, name: 'In May' })).toEqual([204, undefined]);
    await stage.server.app.get(CampaignClock).workDue();
    expect((await show(id)).status).toBe('draft');
  });

  test('of a series keeps its place in it, or begins one of its own at another time', async () => {
    const weekly = (wall: string) => ({
      schedule: { kind: 'every', every: 'week', at: wall, zone: 'workspace' },
    });
    const first = await draft(weekly('2026-03-05T15:00'));
    await stage.owner.post(at(first.id, '/begin'));
    await stage.server.app.get(CampaignClock).workDue();
    const { body: list } = await stage.owner.get('/api/campaigns?status=scheduled');
    const { id } = list.items[0];
    await stage.owner.post(at(id, '/reopen'));
    const second = await show(id);
    expect([second.number, second.wall]).toEqual([2, '2026-03-12T15:00']);
    expect(await change(second, { ...weekly('2026-03-05T15:00'), name: 'Weekly' })).toEqual([204, undefined]);
    expect(await show(id)).toMatchObject({ name: 'Weekly', number: 2, wall: '2026-03-12T15:00' });
    expect(await change(await show(id), weekly('2026-03-13T09:00'))).toEqual([204, undefined]);
    expect(await show(id)).toMatchObject({ number: 1, wall: '2026-03-13T09:00' });
    expect((await stage.owner.post(at(id, '/begin'))).status).toBe(204);
    expect((await show(id)).startsAt).toBe('2026-03-13T09:00:00.000Z');
  });
});
