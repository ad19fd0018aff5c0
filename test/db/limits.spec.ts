import { describe, expect, test } from '@jest/globals';
import { dayIn } from '#server/outbound/day-ceilings.ts';
import { until } from '../support/until.ts';
import { phoneOf } from './support/hot-path.ts';
import { lockWaits } from './support/lock-waits.ts';
import { NOON_IN_NEW_YORK, stageSending } from './support/sending-stage.ts';

const HOUR = 3_600_000;
const PARIS = '+33612345678';

const stage = stageSending({ at: NOON_IN_NEW_YORK, clears: ['contact_networks'] });

describe('validity', () => {
  test.each([
    ['code', 10 / 60],
    ['reply', 24],
    ['service', 48],
    ['marketing', 72],
  ] as const)('a %s is worth sending for %d hours', async (purpose, hours) => {
    const [kept, late] = [
      await stage.queue({ purpose, prompted: true }),
      await stage.queue({ purpose, to: '+12125550124' }),
    ];
    await stage.source.query('update outbox set due_at = $1 where message_id = $2', [
      new Date(stage.clock.now() + (hours + 48) * HOUR),
      late,
    ]);
    stage.clock.advance(hours * HOUR);
    await stage.send();
    expect((await stage.fateOf(kept)).status).toBe('sent');
    stage.clock.advance(48 * HOUR);
    await stage.send();
    expect(await stage.fateOf(late)).toMatchObject({
      status: 'expired',
      reason: expect.stringMatching(/^Not sent/),
    });
  });

  test('is shorter where the sender says so', async () => {
    await stage.setSender('valid_minutes = 5');
    const id = await stage.queue({ purpose: 'reply', prompted: true });
    stage.clock.advance(6 * 60_000);
    await stage.send();
    expect(await stage.fateOf(id)).toMatchObject({
      status: 'expired',
      reason:
        'Not sent, for it would have come too late: it had waited for 6 minutes, and is sent within 5 minutes or not at all.',
    });
    expect(stage.farEnd.received).toEqual([]);
  });
});

describe('what waits for longer than it is worth sending', () => {
  /** Nothing goes, and it has expired as soon as its time is over. */
  async function expiresAfter(id: string, minutes: number): Promise<void> {
    const over = stage.clock.now() + minutes * 60_000 + 1;
    expect(await stage.fateOf(id)).toMatchObject({ status: 'queued', due: new Date(over).toISOString() });
    stage.farEnd.received.length = 0;
    stage.clock.set(new Date(over).toISOString());
    await stage.send();
    expect((await stage.fateOf(id)).status).toBe('expired');
    expect(stage.farEnd.received).toEqual([]);
  }

  test('because of quiet hours expires before they end', async () => {
    stage.clock.set('2026-03-02T07:00:00Z');
    await stage.setSender('valid_minutes = 60');
    const id = await stage.queue();
    await stage.send();
    await expiresAfter(id, 60);
  });

  test('because its gateway asks for patience expires before that is over', async () => {
    stage.farEnd.behaviour = (response) => void response.writeHead(429, { 'retry-after': '3600' }).end();
    const id = await stage.queue({ purpose: 'code', prompted: true });
    await stage.send();
    await stage.source.query('truncate gateway_troubles');
    await stage.restart();
    await expiresAfter(id, 10);
  });
});

describe('destinations', () => {
  test('are the sender’s own country where it names none', async () => {
    await stage.setSender(`destinations = '{}'`);
    const [home, abroad, nowhere] = [
      await stage.queue({ purpose: 'reply' }),
      await stage.queue({ purpose: 'reply', to: PARIS }),
      await stage.queue({ purpose: 'reply', to: '+88213555012' }),
    ];
    await stage.send();
    expect((await stage.fateOf(home)).status).toBe('sent');
    expect(await stage.fateOf(abroad)).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(
        /^Not sent: 12345 may not text this country \(France\)\. Allow it under Settings/,
      ),
    });
    expect((await stage.fateOf(nowhere)).status).toBe('failed');
  });

  test('are those it names', async () => {
    await stage.setSender(`destinations = '{FR,BE}'`);
    const [home, abroad] = [
      await stage.queue({ purpose: 'reply' }),
      await stage.queue({ purpose: 'reply', to: PARIS }),
    ];
    await stage.send();
    expect([(await stage.fateOf(home)).status, (await stage.fateOf(abroad)).status]).toEqual([
      'failed',
      'sent',
    ]);
  });
});

describe('ceilings', () => {
  test('of a message: longer ones are dead letters with the reason', async () => {
    await stage.setSender('most_segments = 3');
    const [short, long] = [
      await stage.queue({ purpose: 'reply', segments: 3 }),
      await stage.queue({ purpose: 'reply', segments: 4, to: '+12125550124' }),
    ];
    await stage.send();
    expect((await stage.fateOf(short)).status).toBe('sent');
    expect(await stage.fateOf(long)).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^Not sent: it is 4 parts long/),
    });
  });

  test.each([
    ['tomorrow', 'queued', '2026-03-03T00:00:00.000Z'],
    ['fail', 'failed', null],
  ])('of a day, over it: %s', async (over, status, due) => {
    await stage.setSender('most_a_day = 3, over_day = $2', [over]);
    const ids = [];
    for (let n = 0; n < 5; n++)
      ids.push(await stage.queue({ purpose: 'reply', prompted: true, to: `+1212555010${n}` }));
    const other = await stage.openNode();
    await Promise.all([stage.path.outbox.sendDue(), other.outbox.sendDue()]);
    await stage.send();
    await other.close();
    expect(stage.farEnd.received).toHaveLength(3);
    const left = (await Promise.all(ids.map((id) => stage.fateOf(id)))).filter(
      ({ status }) => status !== 'sent',
    );
    expect(left).toHaveLength(2);
    for (const one of left)
      expect(one).toMatchObject({ status, due, reason: expect.stringMatching(/3 texts/) });
    if (due === null) return;
    stage.clock.set(due);
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(5);
  });

  test.each([
    ['tried', 500],
    ['refused for good', 400],
  ])('of a day count what went out, not what was %s', async (_, status) => {
    await stage.setSender('most_a_day = 1');
    stage.farEnd.behaviour = (response) => void response.writeHead(status).end();
    const first = await stage.queue({ purpose: 'reply' });
    await stage.send();
    const id = status === 500 ? first : await stage.queue({ purpose: 'reply' });
    stage.farEnd.behaviour = (response) => void response.writeHead(200).end('{}');
    stage.clock.advance(60_000);
    await stage.send();
    expect((await stage.fateOf(id)).status).toBe('sent');
  });

  const sentToday = async (): Promise<number> => {
    const [{ texts }] = await stage.source.query(
      `select texts from sent_days where workspace_id = $1 and operator = ''`,
      [stage.workspace.id],
    );
    return texts;
  };

  test('of a day have room again for what was withdrawn at the last moment, though nothing else goes', async () => {
    await stage.setSender('most_a_day = 5');
    await stage.queue({ purpose: 'reply' });
    await stage.send();
    const id = await stage.queue({ purpose: 'reply' });
    const other = stage.source.createQueryRunner();
    await other.startTransaction();
    await other.query('select from sent_days for update');
    const sending = stage.path.outbox.sendDue();
    await until(async () => (await lockWaits(stage.source)) > 0);
    await stage.source.query('delete from outbox where message_id = $1', [id]);
    await other.commitTransaction();
    await other.release();
    expect(await sending).toBe(0);
    expect(await sentToday()).toBe(1);
  });

  describe('of a day have room again for what the database kept from going', () => {
    /** A text that was taken from its sender's day, and then the database failed. */
    async function keptFromGoing(): Promise<string> {
      const operators = [{ operator: 'US', perSecond: null, mostADay: 5 }];
      await stage.setSender(`most_a_day = 1, over_day = 'fail', operators = $2`, [JSON.stringify(operators)]);
      const id = await stage.queue({ purpose: 'reply' });
      await stage.source.query(`alter table sent_days add constraint fails check (operator = '') not valid`);
      await expect(stage.path.outbox.sendDue()).rejects.toThrow(/fails/);
      await stage.source.query('alter table sent_days drop constraint fails');
      expect(await sentToday()).toBe(1);
      return id;
    }

    test('when it goes after all', async () => {
      const id = await keptFromGoing();
      await stage.send();
      expect(await stage.fateOf(id)).toMatchObject({ status: 'sent', reason: null });
    });

    test('when the node ends', async () => {
      await keptFromGoing();
      await stage.restart();
      expect(await sentToday()).toBe(0);
    });
  });
});

test.each([
  ['America/New_York', '2026-03-08T17:00:00Z', '2026-03-08', '2026-03-09T04:00:00.000Z'],
  ['America/New_York', '2026-11-01T17:00:00Z', '2026-11-01', '2026-11-02T05:00:00.000Z'],
  // The hour after midnight is skipped, or comes twice.
  ['America/Havana', '2026-03-07T17:00:00Z', '2026-03-07', '2026-03-08T05:00:00.000Z'],
  ['America/Havana', '2026-03-08T05:00:00Z', '2026-03-08', '2026-03-09T04:00:00.000Z'],
  ['America/Havana', '2026-11-01T05:30:00Z', '2026-11-01', '2026-11-02T05:00:00.000Z'],
  ['America/Santiago', '2026-09-05T17:00:00Z', '2026-09-05', '2026-09-06T04:00:00.000Z'],
  // The hour before midnight comes twice.
  ['America/Santiago', '2026-04-05T02:30:00Z', '2026-04-04', '2026-04-05T04:00:00.000Z'],
])('tomorrow begins in %s when its clock says so: at %s', (zone, now, date, ends) => {
  const day = dayIn(zone, Date.parse(now));
  expect([day.date, new Date(day.ends).toISOString()]).toEqual([date, ends]);
});

describe('a pace', () => {
  const people = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, n) => stage.queue({ purpose: 'reply', to: `+121255502${10 + n}` })),
    );

  test('of a sender is kept by all nodes together', async () => {
    await stage.setSender('per_second = 5');
    await people(20);
    const other = await stage.openNode();
    const both = () => Promise.all([stage.path.outbox.sendDue(), other.outbox.sendDue()]);
    await both();
    await both();
    expect(stage.farEnd.received).toHaveLength(5);
    stage.clock.advance(400);
    await both();
    expect(stage.farEnd.received).toHaveLength(7);
    stage.clock.advance(60_000);
    await both();
    await both();
    expect(stage.farEnd.received).toHaveLength(12);
    await other.close();
  });

  test('of a gateway holds for its senders together, and what is not used is not lost', async () => {
    await stage.source.query(`update gateways set config = config || '{"perSecond": 4}' where id = $1`, [
      stage.workspace.gatewayId,
    ]);
    await stage.setSender('per_second = 100');
    await people(2);
    await stage.send();
    await Promise.all([
      stage.queue({ purpose: 'code' }),
      stage.queue({ purpose: 'code', to: '+12125550299' }),
    ]);
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(4);
    await stage.queue({ purpose: 'code', to: '+12125550298' });
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(4);
  });

  test('used by a clock that was an hour ahead keeps nothing waiting for that hour', async () => {
    await stage.setSender('per_second = 5');
    stage.clock.advance(HOUR);
    await people(1);
    await stage.send();
    stage.clock.advance(-HOUR);
    await people(1);
    await stage.send();
    stage.clock.advance(6_000);
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(2);
  });

  test('below one a second gives one at a time', async () => {
    await stage.setSender('per_second = 0.5');
    await people(3);
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(1);
    stage.clock.advance(1_000);
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(1);
    stage.clock.advance(1_000);
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(2);
  });
});

describe('operators', () => {
  const T_MOBILE = '310260';
  const [first, second, third] = [phoneOf(901), phoneOf(902), phoneOf(903)];
  const operators = (limits: unknown) => stage.setSender('operators = $2', [JSON.stringify(limits)]);

  async function isIn(phone: string, network: string): Promise<void> {
    await stage.source.query(
      `insert into contact_networks (workspace_id, contact_id, network)
       select workspace_id, id, $3 from contacts where workspace_id = $1 and phone = $2`,
      [stage.workspace.id, phone, network],
    );
  }

  test('of a day: what is over goes when the operator’s day ends, and nothing to others waits', async () => {
    await operators([{ operator: 'us-t-mobile', perSecond: null, mostADay: 1 }]);
    const ids: string[] = [];
    for (const to of [first, second, third])
      ids.push(await stage.queue({ to, purpose: 'reply', prompted: true }));
    await isIn(first, T_MOBILE);
    await isIn(second, T_MOBILE);
    await stage.send();
    const fates = await Promise.all(ids.map((id) => stage.fateOf(id)));
    expect(fates.map(({ status }) => status)).toEqual(['sent', 'queued', 'sent']);
    expect(fates[1]).toMatchObject({ reason: expect.stringMatching(/to T-Mobile US a day/) });
    // Midnight Pacific.
    expect(fates[1]?.due).toMatch(/T0[78]:00:00/);
  });

  test('by country count for everybody there, and what is over waits its turn in order', async () => {
    await operators([{ operator: 'US', perSecond: 1, mostADay: null }]);
    const ids: string[] = [];
    for (const to of [first, second, third])
      ids.push(await stage.queue({ to, purpose: 'reply', prompted: true }));
    const later = await stage.queue({ to: third, purpose: 'reply', prompted: true });
    await stage.send();
    const sent = async () =>
      (await Promise.all([...ids, later].map((id) => stage.fateOf(id)))).filter(
        ({ status }) => status === 'sent',
      ).length;
    expect(await sent()).toBe(1);
    expect(await stage.fateOf(ids[1] ?? '')).toMatchObject({
      status: 'queued',
      reason: expect.stringMatching(/at most one text a second to United States/),
    });
    const [row] = await stage.source.query('select attempts, held from outbox where message_id = $1', [
      ids[1],
    ]);
    expect(row).toEqual({ attempts: 0, held: false });
    for (let second = 0; second < 5; second++) {
      stage.clock.advance(1_000);
      await stage.send();
    }
    expect(await sent()).toBe(4);
  });
});
