import { describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { overCaps } from '#server/outbound/caps.ts';
import { putBack } from '#server/outbound/put-back.ts';
import { whileClaimed } from '../support/claim.ts';
import { until } from '../support/until.ts';
import { accept } from './support/far-end.ts';
import { NEW_YORK, NOON_IN_NEW_YORK, stageSending } from './support/sending-stage.ts';

const HOUR = 3_600_000;
const PARIS = '+33612345678';

const stage = stageSending({ at: NOON_IN_NEW_YORK });

describe('a crowd that has to wait', () => {
  const CROWD = 4_000;

  /** Queues marketing to so many people at once. */
  async function queueCrowd(): Promise<void> {
    const { id, gatewayId, senderId } = stage.workspace;
    const now = new Date(stage.clock.now());
    await stage.source.query(
      `with people as (
        insert into contacts (workspace_id, id, phone, created_at)
        select $1, gen_random_uuid(), '+1212' || (5000000 + n), $4 from generate_series(1, $5::int) n returning id),
      texts as (
        insert into outbound (workspace_id, id, contact_id, gateway_id, sender_id, text, segments, purpose, status, created_at)
        select $1, id, id, $2, $3, 'Text', 1, 'marketing', 'queued', $4 from people)
      insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at)
      select $1, id, id, $2, $3, 2, $4, $4 from people`,
      [id, gatewayId, senderId, now, CROWD],
    );
  }

  const count = async (condition: string): Promise<number> => {
    const [row] = await stage.source.query(
      `select count(*)::int as texts from outbox where workspace_id = $1 and ${condition}`,
      [stage.workspace.id],
    );
    return row.texts;
  };

  const nudged = (isSo: () => Promise<boolean>): Promise<void> =>
    until(() => {
      stage.path.outbox.nudge();
      return isSo();
    }, 20);

  /** How many are claimed once no more are. How many that is goes by the time it takes, too. */
  async function claimedInTheEnd(): Promise<number> {
    let claimed = 0;
    let looks = 0;
    await nudged(async () => {
      const before = claimed;
      claimed = await count('attempts > 0');
      looks = claimed > 0 && claimed === before ? looks + 1 : 0;
      return looks === 25;
    });
    return claimed;
  }

  test('is claimed no faster than it can be put off', async () => {
    stage.clock.set('2026-03-02T07:00:00Z');
    await queueCrowd();
    const holdsUp = stage.source.createQueryRunner();
    await holdsUp.startTransaction();
    await holdsUp.query('lock table outbound in share mode');
    const claimed = await claimedInTheEnd();
    await holdsUp.rollbackTransaction();
    await holdsUp.release();
    expect(claimed).toBeLessThanOrEqual(2_500);
    await nudged(async () => (await count('held and due_at > queued_at')) === CROWD);
    expect(stage.farEnd.received).toEqual([]);
  });
});

describe('quiet hours', () => {
  const at = (time: string) => stage.clock.set(time);

  test.each([
    ['New York before 8', '2026-03-02T12:59:00Z', NEW_YORK, '2026-03-02T13:00:00.000Z'],
    ['New York at 21', '2026-03-03T02:00:00Z', NEW_YORK, '2026-03-03T13:00:00.000Z'],
    ['Florida at 20, with two zones', '2026-03-03T01:00:00Z', '+13055550123', '2026-03-03T14:00:00.000Z'],
    ['Texas on a Sunday morning', '2026-03-01T17:30:00Z', '+12145550123', '2026-03-01T19:00:00.000Z'],
    [
      'Mississippi from Saturday night to Monday',
      '2026-03-08T02:30:00Z',
      '+16015550123',
      '2026-03-09T13:00:00.000Z',
    ],
    ['Rhode Island over Victory Day', '2026-08-08T21:30:00Z', '+14015550123', '2026-08-11T13:00:00.000Z'],
    [
      'toll-free: also where it is earliest',
      '2026-03-02T17:00:00Z',
      '+18885550123',
      '2026-03-02T19:00:00.000Z',
    ],
    [
      'Puerto Rico at 21, an hour before New York',
      '2026-03-03T01:00:00Z',
      '+17875550123',
      '2026-03-03T12:00:00.000Z',
    ],
    [
      'New York in the night an hour is left out',
      '2026-03-08T11:59:00Z',
      NEW_YORK,
      '2026-03-08T12:00:00.000Z',
    ],
    [
      'New York in the night an hour comes twice',
      '2026-11-01T12:59:00Z',
      NEW_YORK,
      '2026-11-01T13:00:00.000Z',
    ],
    ['France at 22', '2026-03-02T21:00:00Z', PARIS, '2026-03-03T07:00:00.000Z'],
    ['France from Saturday night to Monday', '2026-03-07T21:30:00Z', PARIS, '2026-03-09T07:00:00.000Z'],
    ['France on Easter Monday', '2026-04-06T10:00:00Z', PARIS, '2026-04-07T06:00:00.000Z'],
  ])('%s: marketing waits until people may get it', async (_, time, to, due) => {
    at(time);
    const id = await stage.queue({ to });
    await stage.send();
    expect(await stage.fateOf(id)).toMatchObject({
      status: 'queued',
      due,
      reason: expect.stringMatching(/^Waits for the end of quiet hours in /),
    });
    at(due);
    await stage.send();
    expect((await stage.fateOf(id)).status).toBe('sent');
  });

  test.each(['reply', 'code', 'legal'] as const)('exempt a %s', async (purpose) => {
    at('2026-03-02T07:00:00Z');
    const id = await stage.queue({ purpose });
    await stage.send();
    expect((await stage.fateOf(id)).status).toBe('sent');
  });

  test('exempt what answers a person who has just texted, but for operators that block by the hour', async () => {
    at('2026-03-02T02:30:00Z');
    const [asked, french] = [
      await stage.queue({ purpose: 'marketing', prompted: true }),
      await stage.queue({ purpose: 'marketing', prompted: true, to: PARIS }),
    ];
    await stage.send();
    expect([(await stage.fateOf(asked)).status, (await stage.fateOf(french)).status]).toEqual([
      'sent',
      'queued',
    ]);
  });

  test('go by the person’s own zone where it is known', async () => {
    at('2026-03-02T12:59:00Z');
    const id = await stage.queue({ fields: { timeZone: 'Europe/Paris' } });
    await stage.send();
    expect((await stage.fateOf(id)).status).toBe('sent');
  });

  test('go by the state that a contact’s fields name as well, where the number is from another', async () => {
    at('2026-03-01T17:30:00Z');
    const ids = [
      await stage.queue({ fields: { state: 'TX' } }),
      await stage.queue({ to: '+12125550124', fields: { zip: '75201' } }),
      await stage.queue({ to: '+12125550125', fields: { state: 'gold' } }),
    ];
    await stage.send();
    const fates = await Promise.all(ids.map((id) => stage.fateOf(id)));
    expect(fates.map(({ status, due }) => [status, due])).toEqual([
      ['queued', '2026-03-01T19:00:00.000Z'],
      ['queued', '2026-03-01T19:00:00.000Z'],
      ['sent', null],
    ]);
  });

  test('keep back no answer to the same person', async () => {
    at('2026-03-02T07:00:00Z');
    const offer = await stage.queue();
    await stage.send();
    const reply = await stage.queue({ purpose: 'reply' });
    await stage.send();
    expect([(await stage.fateOf(offer)).status, (await stage.fateOf(reply)).status]).toEqual([
      'queued',
      'sent',
    ]);
  });
});

describe('a person’s consent, read as the text goes', () => {
  const standing = (state: string) =>
    stage.source.query(
      `insert into consents (workspace_id, contact_id, scope, state, because, since, head)
       select workspace_id, id, 'program:' || $2::text, $3, 'stop', now(), '' from contacts where workspace_id = $1
       on conflict (workspace_id, contact_id, scope) do update set state = excluded.state`,
      [stage.workspace.id, stage.workspace.programId, state],
    );

  test('keeps back what was queued before a STOP that deleted nothing', async () => {
    const ids = [
      await stage.queue(),
      await stage.queue({ purpose: 'service' }),
      await stage.queue({ purpose: 'legal' }),
    ];
    await standing('stopped');
    await stage.send();
    expect((await Promise.all(ids.map((id) => stage.fateOf(id)))).map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
      'sent',
    ]);
  });

  test('holds marketing while somebody has to look whether their words were a STOP', async () => {
    const id = await stage.queue();
    await standing('frozen');
    await stage.send();
    expect(await stage.fateOf(id)).toMatchObject({
      status: 'queued',
      reason: expect.stringMatching(/Inbox/),
    });
    await standing('open');
    stage.clock.advance(60_000);
    await stage.send();
    expect((await stage.fateOf(id)).status).toBe('sent');
  });
});

describe('caps of marketing', () => {
  /** Allows one text a day, and makes another gateway and sender that a person may get one from. */
  async function throughAnother(): Promise<{ gatewayId: string; senderId: string }> {
    const { id, gatewayId, senderId } = stage.workspace;
    await stage.source.query('update workspaces set marketing_a_day = 1 where id = $1', [id]);
    const [other, named] = [newId(1), newId(1)];
    await stage.source.query(
      `insert into gateways (id, workspace_id, name, kind, key, config, created_at)
       select $2::uuid, workspace_id, 'Other', kind, $2::uuid::text, config, created_at from gateways where id = $1`,
      [gatewayId, other],
    );
    await stage.source.query(
      `insert into senders (id, workspace_id, gateway_id, program_id, address, kind, country, destinations, created_at)
       select $2, workspace_id, $3, program_id, '54321', kind, country, destinations, created_at from senders where id = $1`,
      [senderId, named, other],
    );
    return { gatewayId: other, senderId: named };
  }

  test('let the older of two go that two nodes hold at once', async () => {
    const elsewhere = await throughAnother();
    const [older, younger] = [await stage.queue(), await stage.queue(elsewhere)];
    await whileClaimed(stage.source, stage.clock.now(), async (texts, client) => {
      expect(texts).toHaveLength(2);
      const now = stage.clock.now();
      // Each node has one of them.
      const ruled = await Promise.all(texts.map((text) => overCaps(client, [text], now)));
      for (const [text, ruling] of ruled.flatMap((rulings) => [...rulings]))
        if (ruling.status === 'queued') await putBack(client, [text], ruling.until);
    });
    stage.clock.advance(5_000);
    await stage.send();
    expect((await stage.fateOf(older)).status).toBe('sent');
    stage.clock.advance(60_000);
    await stage.send();
    expect(await stage.fateOf(younger)).toMatchObject({
      status: 'queued',
      reason: expect.stringMatching(/as much marketing/),
    });
    expect(stage.farEnd.received).toHaveLength(1);
  });

  test('put off what is more than a person shall get in a day or a week', async () => {
    await stage.source.query(
      'update workspaces set marketing_a_day = 1, marketing_a_week = 2 where id = $1',
      [stage.workspace.id],
    );
    const ids = [await stage.queue(), await stage.queue(), await stage.queue()];
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(1);
    const [, second] = ids;
    expect(await stage.fateOf(second ?? '')).toMatchObject({
      due: new Date(stage.clock.now() + 24 * HOUR).toISOString(),
      reason: expect.stringMatching(/as much marketing/),
    });
    stage.clock.advance(24 * HOUR);
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(2);
    stage.clock.advance(24 * HOUR);
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(2);
    const reply = await stage.queue({ purpose: 'reply' });
    await stage.send();
    expect((await stage.fateOf(reply)).status).toBe('sent');
  });

  test.each([
    ['by their number', '+13055550123', {}, 3],
    ['by their fields', NEW_YORK, { state: 'OK' }, 3],
    ['nowhere', NEW_YORK, {}, 4],
  ])('are the law’s where a person lives %s where it sets some', async (_, to, fields, sent) => {
    stage.clock.set('2026-03-02T17:00:00Z');
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push(await stage.queue({ to, fields }));
    await stage.send();
    await stage.send();
    expect(stage.farEnd.received).toHaveLength(sent);
    const last = await stage.fateOf(ids[3] ?? '');
    if (sent === 4) expect(last.status).toBe('sent');
    else
      expect(last).toMatchObject({
        status: 'queued',
        reason: expect.stringMatching(/more than 3 marketing texts within 24 hours in (Florida|Oklahoma)/),
      });
  });

  test('count what is on its way through another gateway', async () => {
    const elsewhere = await throughAnother();
    // At once, and while the first waits for its gateway's answer.
    await stage.queue();
    await stage.queue(elsewhere);
    await stage.path.outbox.sendDue();
    expect(stage.farEnd.received).toHaveLength(1);
    stage.clock.advance(24 * HOUR + 1);
    await stage.source.query('delete from outbox');
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    stage.farEnd.behaviour = (response, received) => answered.then(() => accept(response, received));
    await stage.queue();
    const sending = stage.path.outbox.sendDue();
    await until(() => stage.farEnd.received.length === 2);
    const second = await stage.queue(elsewhere);
    await stage.path.outbox.sendDue();
    answer();
    await sending;
    expect(stage.farEnd.received).toHaveLength(2);
    expect(await stage.fateOf(second)).toMatchObject({
      status: 'queued',
      reason: expect.stringMatching(/marketing/),
    });
  });
});
