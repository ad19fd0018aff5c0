import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { newId } from '#server/common/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { FarEnd } from './support/far-end.ts';
import { counting } from './support/flows.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';

/** A Monday, noon in New York. */
const NOON = '2026-03-02T17:00:00Z';
const HOUR = 3_600_000;
const NEW_YORK = '+12125550123';
const PARIS = '+33612345678';

let clock: ManualClock;
let database: TestDatabase;
let source: DataSource;
let farEnd: FarEnd;
let workspace: TestWorkspace;
let path: HotPath;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
});
afterAll(() => database?.close());

beforeEach(async () => {
  clock = new ManualClock(NOON);
  farEnd = await FarEnd.open();
  workspace = await createWorkspace(source, {
    flows: [counting('COUNT', 3)],
    gateway: { kind: 'http', config: { sendUrl: farEnd.url } },
  });
  path = await openHotPath(database.url, workspace, clock);
});
afterEach(async () => {
  await path.close();
  await farEnd.close();
  await source.query('truncate outbox, contact_networks');
});

interface Queued {
  to?: string;
  purpose?: 'marketing' | 'service' | 'reply' | 'code' | 'legal';
  segments?: number;
  prompted?: boolean;
  fields?: Record<string, string>;
}

/** Queues a text as a decision does. */
async function queue(more: Queued = {}): Promise<string> {
  const { to = NEW_YORK, purpose = 'marketing', segments = 1, prompted = false, fields = {} } = more;
  const at = new Date(clock.now());
  const id = newId(clock.now());
  const [contact] = await source.query(
    `insert into contacts (workspace_id, id, phone, fields, created_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, phone) do update set fields = excluded.fields returning id`,
    [workspace.id, newId(clock.now()), to, fields, at],
  );
  await source.query(
    `insert into outbound (workspace_id, id, contact_id, gateway_id, sender_id, cause_id, text, segments, purpose, status, created_at)
     values ($1, $2, $3, $4, $5, $6, 'Text', $7, $8, 'queued', $9)`,
    [
      workspace.id,
      id,
      contact.id,
      workspace.gatewayId,
      workspace.senderId,
      prompted ? id : null,
      segments,
      purpose,
      at,
    ],
  );
  await source.query(
    `insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [
      workspace.id,
      id,
      contact.id,
      workspace.gatewayId,
      workspace.senderId,
      prompted ? 0 : purpose === 'marketing' ? 2 : purpose === 'service' ? 1 : 0,
      at,
    ],
  );
  return id;
}

const send = async () => {
  while ((await path.outbox.sendDue()) > 0);
};

async function fate(id: string): Promise<{ status: string; reason: string | null; due: string | null }> {
  const [row] = await source.query(
    `select m.status, m.reason, o.due_at from outbound m
     left join outbox o on o.workspace_id = m.workspace_id and o.message_id = m.id
     where m.workspace_id = $1 and m.id = $2`,
    [workspace.id, id],
  );
  return { status: row.status, reason: row.reason, due: row.due_at?.toISOString() ?? null };
}

const limit = (set: string, values: unknown[] = []) =>
  source.query(`update senders set ${set} where id = $1`, [workspace.senderId, ...values]);

describe('validity', () => {
  test.each([
    ['code', 10 / 60],
    ['reply', 24],
    ['service', 48],
    ['marketing', 72],
  ] as const)('a %s is worth sending for %d hours', async (purpose, hours) => {
    const [kept, late] = [
      await queue({ purpose, prompted: true }),
      await queue({ purpose, to: '+12125550124' }),
    ];
    await source.query('update outbox set due_at = $1 where message_id = $2', [
      new Date(clock.now() + (hours + 48) * HOUR),
      late,
    ]);
    clock.advance(hours * HOUR);
    await send();
    expect((await fate(kept)).status).toBe('sent');
    clock.advance(48 * HOUR);
    await send();
    expect(await fate(late)).toMatchObject({ status: 'expired', reason: expect.stringMatching(/^Not sent/) });
  });

  test('is shorter where the sender says so', async () => {
    await limit('valid_minutes = 5');
    const id = await queue({ purpose: 'reply' });
    clock.advance(6 * 60_000);
    await send();
    expect(await fate(id)).toMatchObject({
      status: 'expired',
      reason: 'Not sent: it had waited for 6 minutes, and is worth sending for 5 minutes.',
    });
    expect(farEnd.received).toEqual([]);
  });
});

describe('destinations', () => {
  test('are the sender’s own country where it names none', async () => {
    await limit(`destinations = '{}'`);
    const [home, abroad, nowhere] = [
      await queue({ purpose: 'reply' }),
      await queue({ purpose: 'reply', to: PARIS }),
      await queue({ purpose: 'reply', to: '+88213555012' }),
    ];
    await send();
    expect((await fate(home)).status).toBe('sent');
    expect(await fate(abroad)).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/may not text FR/),
    });
    expect((await fate(nowhere)).status).toBe('failed');
  });

  test('are those it names', async () => {
    await limit(`destinations = '{FR,BE}'`);
    const [home, abroad] = [await queue({ purpose: 'reply' }), await queue({ purpose: 'reply', to: PARIS })];
    await send();
    expect([(await fate(home)).status, (await fate(abroad)).status]).toEqual(['failed', 'sent']);
  });
});

describe('ceilings', () => {
  test('of a message: longer ones are dead letters with the reason', async () => {
    await limit('most_segments = 3');
    const [short, long] = [
      await queue({ purpose: 'reply', segments: 3 }),
      await queue({ purpose: 'reply', segments: 4, to: '+12125550124' }),
    ];
    await send();
    expect((await fate(short)).status).toBe('sent');
    expect(await fate(long)).toMatchObject({ status: 'failed', reason: expect.stringMatching(/4 segments/) });
  });

  test.each([
    ['tomorrow', 'queued', '2026-03-03T00:00:00.000Z'],
    ['fail', 'failed', null],
  ])('of a day, over it: %s', async (over, status, due) => {
    await limit('most_a_day = 3, over_day = $2', [over]);
    const ids = [];
    for (let n = 0; n < 5; n++) ids.push(await queue({ purpose: 'reply', to: `+1212555010${n}` }));
    const other = await openHotPath(database.url, workspace, clock);
    await Promise.all([path.outbox.sendDue(), other.outbox.sendDue()]);
    await send();
    await other.close();
    expect(farEnd.received).toHaveLength(3);
    const left = (await Promise.all(ids.map(fate))).filter(({ status }) => status !== 'sent');
    expect(left).toHaveLength(2);
    for (const one of left)
      expect(one).toMatchObject({ status, due, reason: expect.stringMatching(/3 texts/) });
    if (due === null) return;
    clock.set(due);
    await send();
    expect(farEnd.received).toHaveLength(5);
  });

  test('of a day count what went out, not what was tried', async () => {
    await limit('most_a_day = 1');
    farEnd.behaviour = (response) => void response.writeHead(500).end();
    const id = await queue({ purpose: 'reply' });
    await send();
    farEnd.behaviour = (response) => void response.writeHead(200).end('{}');
    clock.advance(60_000);
    await send();
    expect((await fate(id)).status).toBe('sent');
  });
});

describe('quiet hours', () => {
  const at = (time: string) => clock.set(time);

  test.each([
    ['New York before 8', '2026-03-02T12:59:00Z', NEW_YORK, '2026-03-02T13:00:00.000Z'],
    ['New York at 21', '2026-03-03T02:00:00Z', NEW_YORK, '2026-03-03T13:00:00.000Z'],
    ['Florida at 20, with two zones', '2026-03-03T01:00:00Z', '+13055550123', '2026-03-03T14:00:00.000Z'],
    ['Texas on a Sunday morning', '2026-03-01T17:30:00Z', '+12145550123', '2026-03-01T19:00:00.000Z'],
    [
      'toll-free: also where it is earliest',
      '2026-03-02T17:00:00Z',
      '+18885550123',
      '2026-03-02T19:00:00.000Z',
    ],
    ['France at 22', '2026-03-02T21:00:00Z', PARIS, '2026-03-03T07:00:00.000Z'],
    ['France from Saturday night to Monday', '2026-03-07T21:30:00Z', PARIS, '2026-03-09T07:00:00.000Z'],
    ['France on Easter Monday', '2026-04-06T10:00:00Z', PARIS, '2026-04-07T06:00:00.000Z'],
  ])('%s: marketing waits until people may get it', async (_, time, to, due) => {
    at(time);
    const id = await queue({ to });
    await send();
    expect(await fate(id)).toMatchObject({
      status: 'queued',
      due,
      reason: expect.stringMatching(/^Waits for the end of quiet hours in /),
    });
    at(due);
    await send();
    expect((await fate(id)).status).toBe('sent');
  });

  test.each(['reply', 'code', 'legal'] as const)('exempt a %s', async (purpose) => {
    at('2026-03-02T07:00:00Z');
    const id = await queue({ purpose });
    await send();
    expect((await fate(id)).status).toBe('sent');
  });

  test('exempt what answers a person who has just texted, but for operators that block by the hour', async () => {
    at('2026-03-02T02:30:00Z');
    const [asked, french] = [
      await queue({ purpose: 'marketing', prompted: true }),
      await queue({ purpose: 'marketing', prompted: true, to: PARIS }),
    ];
    await send();
    expect([(await fate(asked)).status, (await fate(french)).status]).toEqual(['sent', 'queued']);
  });

  test('go by the person’s own zone where it is known', async () => {
    at('2026-03-02T12:59:00Z');
    const id = await queue({ fields: { timeZone: 'Europe/Paris' } });
    await send();
    expect((await fate(id)).status).toBe('sent');
  });

  test('keep back no answer to the same person', async () => {
    at('2026-03-02T07:00:00Z');
    const offer = await queue();
    await send();
    const reply = await queue({ purpose: 'reply' });
    await send();
    expect([(await fate(offer)).status, (await fate(reply)).status]).toEqual(['queued', 'sent']);
  });
});

describe('a person’s consent, read as the text goes', () => {
  const standing = (state: string) =>
    source.query(
      `insert into consents (workspace_id, contact_id, scope, state, because, since, head)
       select workspace_id, id, 'program:' || $2::text, $3, 'stop', now(), '' from contacts where workspace_id = $1
       on conflict (workspace_id, contact_id, scope) do update set state = excluded.state`,
      [workspace.id, workspace.programId, state],
    );

  test('keeps back what was queued before a STOP that deleted nothing', async () => {
    const ids = [await queue(), await queue({ purpose: 'service' }), await queue({ purpose: 'legal' })];
    await standing('stopped');
    await send();
    expect((await Promise.all(ids.map(fate))).map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
      'sent',
    ]);
  });

  test('holds marketing while somebody has to look whether their words were a STOP', async () => {
    const id = await queue();
    await standing('frozen');
    await send();
    expect(await fate(id)).toMatchObject({ status: 'queued', reason: expect.stringMatching(/Inbox/) });
    await standing('open');
    clock.advance(60_000);
    await send();
    expect((await fate(id)).status).toBe('sent');
  });
});

describe('caps of marketing', () => {
  test('put off what is more than a person shall get in a day or a week', async () => {
    await source.query('update workspaces set marketing_a_day = 1, marketing_a_week = 2 where id = $1', [
      workspace.id,
    ]);
    const ids = [await queue(), await queue(), await queue()];
    await send();
    expect(farEnd.received).toHaveLength(1);
    const [, second] = ids;
    expect(await fate(second ?? '')).toMatchObject({
      due: new Date(clock.now() + 24 * HOUR).toISOString(),
      reason: expect.stringMatching(/as much marketing/),
    });
    clock.advance(24 * HOUR);
    await send();
    expect(farEnd.received).toHaveLength(2);
    clock.advance(24 * HOUR);
    await send();
    expect(farEnd.received).toHaveLength(2);
    const reply = await queue({ purpose: 'reply' });
    await send();
    expect((await fate(reply)).status).toBe('sent');
  });
});

describe('a pace', () => {
  const people = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, n) => queue({ purpose: 'reply', to: `+121255502${10 + n}` })),
    );

  test('of a sender is kept by all nodes together', async () => {
    await limit('per_second = 5');
    await people(20);
    const other = await openHotPath(database.url, workspace, clock);
    const both = () => Promise.all([path.outbox.sendDue(), other.outbox.sendDue()]);
    await both();
    await both();
    expect(farEnd.received).toHaveLength(5);
    clock.advance(400);
    await both();
    expect(farEnd.received).toHaveLength(7);
    clock.advance(60_000);
    await both();
    await both();
    expect(farEnd.received).toHaveLength(12);
    await other.close();
  });

  test('of a gateway holds for its senders together, and what is not used is not lost', async () => {
    await source.query(`update gateways set config = config || '{"perSecond": 4}' where id = $1`, [
      workspace.gatewayId,
    ]);
    await limit('per_second = 100');
    await people(2);
    await send();
    await Promise.all([queue({ purpose: 'code' }), queue({ purpose: 'code', to: '+12125550299' })]);
    await send();
    expect(farEnd.received).toHaveLength(4);
    await queue({ purpose: 'code', to: '+12125550298' });
    await send();
    expect(farEnd.received).toHaveLength(4);
  });

  test('below one a second gives one at a time', async () => {
    await limit('per_second = 0.5');
    await people(3);
    await send();
    expect(farEnd.received).toHaveLength(1);
    clock.advance(1_000);
    await send();
    expect(farEnd.received).toHaveLength(1);
    clock.advance(1_000);
    await send();
    expect(farEnd.received).toHaveLength(2);
  });
});

describe('operators', () => {
  const T_MOBILE = '310260';
  const [first, second, third] = [phoneOf(901), phoneOf(902), phoneOf(903)];
  const operators = (limits: unknown) => limit('operators = $2', [JSON.stringify(limits)]);

  async function isIn(phone: string, network: string): Promise<void> {
    await source.query(
      `insert into contact_networks (workspace_id, contact_id, network)
       select workspace_id, id, $3 from contacts where workspace_id = $1 and phone = $2`,
      [workspace.id, phone, network],
    );
  }

  test('of a day: what is over goes when the operator’s day ends, and nothing to others waits', async () => {
    await operators([{ operator: 'us-t-mobile', perSecond: null, mostADay: 1 }]);
    const ids: string[] = [];
    for (const to of [first, second, third]) ids.push(await queue({ to, purpose: 'reply', prompted: true }));
    await isIn(first, T_MOBILE);
    await isIn(second, T_MOBILE);
    await send();
    const fates = await Promise.all(ids.map(fate));
    expect(fates.map(({ status }) => status)).toEqual(['sent', 'queued', 'sent']);
    expect(fates[1]).toMatchObject({ reason: expect.stringMatching(/to T-Mobile US a day/) });
    // Midnight Pacific.
    expect(fates[1]?.due).toMatch(/T0[78]:00:00/);
  });

  test('by country count for everybody there, and what is over waits its turn in order', async () => {
    await operators([{ operator: 'US', perSecond: 1, mostADay: null }]);
    const ids: string[] = [];
    for (const to of [first, second, third]) ids.push(await queue({ to, purpose: 'reply', prompted: true }));
    const later = await queue({ to: third, purpose: 'reply', prompted: true });
    await send();
    const sent = async () =>
      (await Promise.all([...ids, later].map(fate))).filter(({ status }) => status === 'sent').length;
    expect(await sent()).toBe(1);
    expect(await fate(ids[1] ?? '')).toMatchObject({
      status: 'queued',
      reason: expect.stringMatching(/1 texts a second to US/),
    });
    const [row] = await source.query('select attempts, held from outbox where message_id = $1', [ids[1]]);
    expect(row).toEqual({ attempts: 0, held: false });
    for (let second = 0; second < 5; second++) {
      clock.advance(1_000);
      await send();
    }
    expect(await sent()).toBe(4);
  });
});
