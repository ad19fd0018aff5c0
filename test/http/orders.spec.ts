import { beforeAll, describe, expect, test } from '@jest/globals';
import { lowestId } from '#server/common/ids.ts';
import { forgetOrders } from '#server/orders/forget-orders.ts';
import { stageDemo } from '../support/demo-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { resumeFlow } from '../support/publish-draft.ts';

let asking: string;
let offers: string;
let telling: string;
const clock = new ManualClock('2026-03-05T15:00:00Z');
const stage = stageDemo({ clock });

const DAY = 86_400_000;
let people = 0;
const somebody = (): string => `+4477009${String(10_000 + ++people)}`;
const query = (text: string, values: unknown[] = []) => stage.server.database.source.query(text, values);
const texts = async (phone: string): Promise<string[]> =>
  (
    await query(
      `select o.text from outbound o join contacts c on c.workspace_id = o.workspace_id and c.id = o.contact_id
       where c.phone = $1 order by o.id`,
      [phone],
    )
  ).map(({ text }: { text: string }) => text);
const says = (from: string, text: string) =>
  stage.owner.post('/in/simulated/demo', { from, to: '12345', text });
const start = (flow: string, body: object, headers: Record<string, string> = {}) =>
  stage.owner.call('POST', `/api/flows/${flow}/start`, body, headers);

beforeAll(async () => {
  asking = await stage.publish(
    lineFlow(
      'ASKME',
      [
        'question',
        {
          text: 'Hello {{contact.name}}, table {{answers.table}}?',
          purpose: 'service',
          answers: [],
          saveAs: 'x',
          timeout: '1h',
        },
        'answered',
      ],
      saying('Thank you'),
    ),
  );
  offers = await stage.publish(
    lineFlow('DEALS', ['message', { text: 'Half price today', purpose: 'marketing', list: 'news' }, 'next']),
  );
  telling = await stage.publish(lineFlow('TELLME', saying('Your parcel is here')));
});
describe('starting a flow from outside', () => {
  test('begins it with what the order says of the person, who then answers as ever', async () => {
    const phone = somebody();
    const { status, body } = await start(asking, {
      phone,
      fields: { name: 'Ada' },
      answers: { table: 7 },
    });
    expect([status, body]).toEqual([
      200,
      {
        id: body.runId,
        outcome: 'started',
        reason: null,
        contactId: expect.any(String),
        runId: body.id,
        messageId: null,
        duplicate: false,
      },
    ]);
    expect(await texts(phone)).toEqual(['Hello Ada, table 7?']);
    expect((await says(phone, 'gladly')).body.replies[0].text).toBe('Thank you');
    expect((await stage.owner.get(`/api/runs/${body.runId}`)).body).toMatchObject({
      status: 'ended',
      answers: { x: 'gladly' },
    });
    expect((await stage.owner.get(`/api/contacts/${body.contactId}`)).body.fields).toEqual({ name: 'Ada' });
  });

  test('under the same key is one start, however often and at once it comes', async () => {
    const phone = somebody();
    const all = await Promise.all(
      Array.from({ length: 12 }, () => start(telling, { phone }, { 'idempotency-key': 'order-1' })),
    );
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
    expect(all.filter(({ body }) => !body.duplicate)).toHaveLength(1);
    const again = await start(telling, { idempotencyKey: 'order-1', phone });
    expect(again.body).toMatchObject({ id: all[0]?.body.id, outcome: 'started', duplicate: true });
    expect(await texts(phone)).toEqual(['Your parcel is here']);
  });

  test('under the same key with something else is refused', async () => {
    const phone = somebody();
    await start(telling, { phone }, { 'idempotency-key': 'order-2' });
    for (const [flow, body] of [
      [telling, { phone: somebody() }],
      [telling, { phone, fields: { name: 'x' } }],
      [asking, { phone }],
    ] as const) {
      const { status, body: answer } = await start(flow, body, { 'idempotency-key': 'order-2' });
      expect([status, answer.error.code]).toEqual([409, 'order.key-reused']);
    }
    const sent = await stage.owner.post('/api/messages', {
      phone,
      text: 'x',
      purpose: 'service',
      idempotencyKey: 'order-2',
    });
    expect(sent.body.error.code).toBe('order.key-reused');
  });

  test('under the same key tells what came of it, also once the flow has been paused', async () => {
    const phone = somebody();
    const key = { 'idempotency-key': 'order-4' };
    const { body } = await start(telling, { phone }, key);
    await stage.owner.patch(`/api/flows/${telling}`, { status: 'paused' });
    const again = await start(telling, { phone }, key);
    const other = await start(telling, { phone: somebody() }, { 'idempotency-key': 'order-5' });
    await resumeFlow(stage.owner, telling);
    expect(again).toMatchObject({ status: 200, body: { ...body, duplicate: true } });
    expect(other.body.error.code).toBe('flow.not-live');
  });

  test('an order that was noted down before the process died is taken up by whoever asks again', async () => {
    const phone = somebody();
    const key = { 'idempotency-key': 'order-3' };
    const { body } = await start(telling, { phone }, key);
    await query(`update orders set outcome = null, contact_id = null, run_id = null where id = $1`, [
      body.id,
    ]);
    await query('delete from runs where id = $1', [body.id]);
    const again = await start(telling, { phone }, key);
    expect(again.body).toMatchObject({ id: body.id, outcome: 'started', runId: body.id, duplicate: true });
  });

  test('is forgotten with its month, decided or given up by whoever placed it; who waits in a campaign is not', async () => {
    const [old, undecided, waiting] = [400, 401, 402].map((days) => lowestId(clock.now() - days * DAY));
    const columns = 'workspace_id, id, key, campaign_id, print, phone, due_at, outcome';
    for (const [id, outcome, campaign] of [
      [old, 'started', null],
      [undecided, null, null],
      [waiting, null, waiting],
    ])
      await query(
        `insert into orders (${columns}) values ($1, $2::uuid, ($2::uuid)::text, $3, '', $4, $5, $6)`,
        [await stage.workspaceId(), id, campaign, somebody(), new Date(clock.now()), outcome],
      );
    const fresh = await start(telling, { phone: somebody() }, { 'idempotency-key': 'fresh' });
    expect(await forgetOrders(stage.server.database.source, lowestId(clock.now() - 300 * DAY))).toBe(2);
    const left: { id: string }[] = await query('select id from orders where id = any($1)', [
      [old, undecided, waiting, fresh.body.id],
    ]);
    expect(left.map(({ id }) => id).sort()).toEqual([waiting, fresh.body.id].sort());
  });

  test('waits its turn behind texts of the same person, and leaves a conversation alone that is under way', async () => {
    const phone = somebody();
    const first = await start(asking, { phone });
    const second = await start(asking, { phone });
    expect(second.body).toMatchObject({ outcome: 'already', runId: first.body.runId, duplicate: false });
    expect(await texts(phone)).toHaveLength(1);
    const anew = await start(asking, { phone, anew: true });
    expect(anew.body).toMatchObject({ outcome: 'started' });
    expect((await stage.owner.get(`/api/runs/${first.body.runId}`)).body).toMatchObject({
      outcome: 'cancelled',
    });
    const [text, order] = await Promise.all([says(phone, 'yes'), start(asking, { phone })]);
    expect(text.body.replies).toHaveLength(1);
    expect(order.body.outcome).toBe('started');
  });

  test('is no reply: what needs consent stays held back, and after STOP nothing begins', async () => {
    const phone = somebody();
    const held = await start(offers, { phone });
    expect(held.body).toMatchObject({ outcome: 'held-back', reason: 'no-consent' });
    await says(phone, 'STOP');
    const after = await start(telling, { phone });
    expect(after.body).toMatchObject({ outcome: 'stopped', runId: null });
    expect(await texts(phone)).toHaveLength(1);
  });

  test('refuses what cannot be', async () => {
    const code = async (flow: string, body: object) => {
      const answer = await start(flow, body);
      return [answer.status, answer.body.error.code];
    };
    const phone = somebody();
    expect(await code('01980000-0000-7000-8000-000000000000', { phone })).toEqual([404, 'flow.not-found']);
    expect(await code(telling, { phone: 'Ada' })).toEqual([422, 'contact.phone']);
    expect(await code(telling, { phone, sender: '999' })).toEqual([422, 'order.sender-unknown']);
    expect(await code(telling, {})).toEqual([400, 'body.invalid']);
    // A decision holds everybody else of its batch: nobody gets thousands of fields.
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`f${n}`, n]));
    expect(await code(telling, { phone, fields: many })).toEqual([400, 'body.invalid']);
    expect(await code(telling, { phone, answers: many })).toEqual([400, 'body.invalid']);
    const empty = await start(telling, { phone }, { 'idempotency-key': ' ' });
    expect([empty.status, empty.body.error.code]).toEqual([400, 'header.invalid']);
    await stage.owner.patch(`/api/flows/${telling}`, { status: 'paused' });
    expect(await code(telling, { phone })).toEqual([409, 'flow.not-live']);
    expect((await resumeFlow(stage.owner, telling)).status).toBe(204);
  });
});

describe('sending one text', () => {
  test('queues it once a key, as the gate allows', async () => {
    const phone = somebody();
    const order = { phone, text: 'Your table is ready', purpose: 'service', idempotencyKey: 'text-1' };
    const { status, body } = await stage.owner.post('/api/messages', order);
    expect([status, body]).toMatchObject([
      200,
      { outcome: 'sent', messageId: expect.any(String), runId: null, duplicate: false },
    ]);
    expect((await stage.owner.post('/api/messages', order)).body).toEqual({ ...body, duplicate: true });
    expect(await texts(phone)).toEqual(['Your table is ready']);
    expect((await stage.owner.get(`/api/messages/${body.messageId}`)).body).toMatchObject({
      text: order.text,
      direction: 'out',
    });
  });

  test('queues it behind what waits for the person, though that was decided by a clock that is ahead', async () => {
    const phone = somebody();
    const order = (text: string) => stage.owner.post('/api/messages', { phone, text, purpose: 'legal' });
    await query('update workspaces set sending_stopped = true');
    const first: string = (await order('First')).body.messageId;
    const later = lowestId(clock.now() + 700);
    await query('update outbox set message_id = $2 where message_id = $1', [first, later]);
    await query('update outbound set id = $2 where id = $1', [first, later]);
    const { body } = await order('Second');
    await query('update workspaces set sending_stopped = false');
    expect(body.messageId > later).toBe(true);
    expect(await texts(phone)).toEqual(['First', 'Second']);
  });

  test('says before what the gate will say, and sends nothing then', async () => {
    const phone = somebody();
    const order = { phone, text: 'Half price €', purpose: 'marketing', list: 'news' };
    const rehearsed = await stage.owner.post('/api/messages/rehearse', order);
    expect(rehearsed.body).toEqual({ outcome: 'held-back', reason: 'no-consent', segments: 1 });
    expect((await stage.owner.post('/api/messages', order)).body).toMatchObject({
      outcome: 'held-back',
      messageId: null,
    });
    await says(phone, 'STOP');
    const service = { phone, text: 'Hello', purpose: 'service' };
    expect((await stage.owner.post('/api/messages/rehearse', service)).body.reason).toBe('stopped');
    expect((await stage.owner.post('/api/messages', service)).body.reason).toBe('stopped');
    expect(await texts(phone)).toHaveLength(1);
  });

  test('marketing names its list, and a reply is none', async () => {
    const phone = somebody();
    const code = async (body: object) =>
      (await stage.owner.post('/api/messages', { phone, text: 'x', ...body })).body.error.code;
    expect(await code({ purpose: 'marketing' })).toBe('body.invalid');
    expect(await code({ purpose: 'marketing', list: 'nobody-knows' })).toBe('list.not-found');
    expect(await code({ purpose: 'reply' })).toBe('body.invalid');
  });
});
