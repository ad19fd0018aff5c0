import { beforeAll, describe, expect, test } from '@jest/globals';
import { stageDemo } from '../support/demo-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { WakeClock } from '#server/wake-ups/wake-clock.ts';

const clock = new ManualClock('2026-03-05T15:00:00Z');
const stage = stageDemo({ clock });

const ANN = '+447700900001';
const BO = '+447700900002';

const tell = async (body: object) => (await stage.owner.post('/api/events', body)).body;
const sent = async (phone: string): Promise<string[]> =>
  (await stage.owner.get(`/api/messages?contact=${(await stage.found(phone)).id}`)).body.items
    .filter(({ direction }: { direction: string }) => direction === 'out')
    .map(({ text }: { text: string }) => text);
const trail = async (phone: string) => {
  const runs = await stage.owner.get(`/api/runs?contact=${(await stage.found(phone)).id}`);
  const { body } = await stage.owner.get(`/api/runs/${runs.body.items[0].id}`);
  return body.trail.flatMap(({ steps }: { steps: object[] }) => steps);
};

beforeAll(async () => {
  for (const flow of [
    lineFlow(
      'BUY',
      ['wait-event', { event: 'order-paid', timeout: '24h', saveAs: 'sum' }, 'happened'],
      saying('Paid {{answers.sum}}'),
    ),
    lineFlow(
      'ORDER',
      ['question', { text: 'Which?', answers: [], saveAs: 'order', timeout: '1h' }, 'answered'],
      ['wait-event', { event: 'shipped', key: '{{answers.order}}', timeout: '24h' }, 'happened'],
      saying('Shipped {{answers.order}}'),
    ),
    lineFlow(
      'NIGHT',
      [
        'window',
        { hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '15:00' }], zone: 'contact', wait: true },
        'open',
      ],
      saying('Good morning'),
    ),
  ])
    await stage.publish(flow);
});
describe('an event', () => {
  test('takes the conversation on that waits for it, once, with what it tells', async () => {
    expect(await stage.says(ANN, 'BUY')).toEqual([]);
    const paid = { phone: ANN, event: 'order-paid', key: 'any', value: 12.5 };
    expect(await tell(paid)).toEqual({ conversations: 1 });
    expect(await sent(ANN)).toEqual(['Paid 12.5']);
    expect(await tell(paid)).toEqual({ conversations: 0 });
    expect(await sent(ANN)).toEqual(['Paid 12.5']);
    expect(await trail(ANN)).toContainEqual({ do: 'event', type: 'event.order-paid' });
  });

  test('under another key, of another kind or of another person is not it, and is noted', async () => {
    await stage.says(BO, 'ORDER');
    await stage.says(BO, '17');
    expect(await tell({ phone: BO, event: 'shipped', key: '16' })).toEqual({ conversations: 0 });
    expect(await tell({ phone: BO, event: 'order-paid', key: '17' })).toEqual({ conversations: 0 });
    expect(await tell({ phone: ANN, event: 'shipped', key: '17' })).toEqual({ conversations: 0 });
    expect(await trail(BO)).toContainEqual({ do: 'ignored', type: 'event.shipped' });
    const { id } = await stage.found(BO);
    const { body } = await stage.owner.post(`/api/contacts/${id}/events`, { event: 'shipped', key: '17' });
    expect(body).toEqual({ conversations: 1 });
    expect((await sent(BO))[0]).toBe('Shipped 17');
  });

  test('many at once are one', async () => {
    await stage.says(ANN, 'BUY');
    const told = await Promise.all(
      Array.from({ length: 8 }, () => tell({ phone: ANN, event: 'order-paid' })),
    );
    expect(told.map(({ conversations }) => conversations).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('does not wake whoever said STOP', async () => {
    await stage.says(ANN, 'BUY');
    await stage.says(ANN, 'STOP');
    const before = await sent(ANN);
    expect(await tell({ phone: ANN, event: 'order-paid' })).toEqual({ conversations: 0 });
    expect(await sent(ANN)).toEqual(before);
    await stage.says(ANN, 'START');
  });

  test('of nobody we know is told so, and no contact comes of it', async () => {
    expect(await tell({ phone: '+447700900077', event: 'order-paid' })).toEqual({ conversations: 0 });
    expect(await stage.found('+447700900077')).toBeUndefined();
    const wrong = await stage.owner.post('/api/events', { phone: 'Ada', event: 'order-paid' });
    expect([wrong.status, wrong.body.error.code]).toEqual([422, 'contact.phone']);
    const odd = await stage.owner.post('/api/events', { phone: ANN, event: 'Not a name' });
    expect(odd.status).toBe(400);
    const nobody = await stage.owner.post('/api/contacts/01980000-0000-7000-8000-000000000000/events', {
      event: 'x',
    });
    expect(nobody.status).toBe(404);
  });
});

describe('a step that waits for its hour', () => {
  test('wakes when it is nine where the person lives', async () => {
    expect(await stage.says(BO, 'NIGHT')).toEqual([]);
    const [{ wake_at: wakeAt }] = await stage.server.database.source.query(
      'select wake_at from runs where wake_at is not null and node = $1',
      ['step-0'],
    );
    expect(wakeAt.toISOString()).toBe('2026-03-06T09:00:00.000Z');
    clock.set(wakeAt.getTime() - 1);
    await stage.server.app.get(WakeClock).fireDue();
    expect((await sent(BO))[0]).not.toBe('Good morning');
    clock.advance(1);
    await stage.server.app.get(WakeClock).fireDue();
    expect((await sent(BO))[0]).toBe('Good morning');
    expect(await stage.says(BO, 'NIGHT')).toEqual(['Good morning']);
  });
});
