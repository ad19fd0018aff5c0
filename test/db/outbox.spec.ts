import { describe, expect, test } from '@jest/globals';
import { putBack } from '#server/outbound/put-back.ts';
import type { ClaimedText } from '#server/outbound/read-claimed.ts';
import { settle } from '#server/outbound/settle.ts';
import { withdrawn } from '#server/outbound/withdrawn.ts';
import { claimDue } from '../support/claim.ts';
import { SENDER } from '../support/phone-stage.ts';
import { until } from '../support/until.ts';
import { createWorkspace } from '../support/workspace.ts';
import { accept, answer, type Behaviour, type FarEnd, slowly } from './support/far-end.ts';
import { counting, template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageSending } from './support/sending-stage.ts';

const person = phoneOf(1);

const stage = stageSending({
  flows: [template('double-opt-in'), counting('COUNT', 5)],
  lists: { news: 'double' },
});

describe('a text', () => {
  test('reaches the far end once, with our id as idempotency key, and keeps the id it gets', async () => {
    await stage.path.says(person, 'COUNT');
    await stage.path.outbox.sendDue();
    await stage.path.outbox.sendDue();
    expect(stage.farEnd.received).toHaveLength(1);
    const [{ body, headers }] = stage.farEnd.received as [FarEnd['received'][number]];
    expect(body).toEqual({ id: expect.any(String), to: person, from: SENDER.address, text: '0' });
    expect(headers).toMatchObject({ 'webhook-id': body.id, 'content-type': 'application/json' });
    expect(await stage.firstOutbound()).toMatchObject({
      status: 'sent',
      gateway_message_id: `far-${body.id}`,
      attempts: null,
    });
  });

  test('that is on its way when the node is asked to end is waited for, and does not go out again', async () => {
    const node = await stage.openNode();
    const asked = new Promise<() => void>((resolve) => {
      stage.farEnd.behaviour = (response, received) => resolve(() => void accept(response, received));
    });
    await stage.path.says(person, 'COUNT');
    const sending = node.outbox.sendDue();
    const give = await asked;
    const closed = node.close();
    await new Promise(setImmediate);
    give();
    await Promise.all([sending, closed]);
    await stage.path.outbox.sendDue();
    expect(stage.farEnd.received).toHaveLength(1);
    expect(await stage.firstOutbound()).toMatchObject({ status: 'sent' });
  });

  test('that went out is written down whatever the far end calls it, and keeps no other from being so', async () => {
    const names = ['a\u0000b', 'x'.repeat(10_000), ''];
    stage.farEnd.behaviour = (response) => void response.end(JSON.stringify({ id: names.pop() }));
    for (const to of [person, phoneOf(2), phoneOf(3)]) await stage.path.says(to, 'COUNT');
    await stage.path.outbox.sendDue();
    const written = (await stage.outbound()).map((row) => [row.status, row.gateway_message_id, row.attempts]);
    expect(new Set(written.map(String))).toEqual(new Set(['sent,ab,', 'sent,,']));
    expect(written).not.toContainEqual(['sent', '', null]);
  });

  test('keeps all digits of an id that is a number of 64 bits', async () => {
    stage.farEnd.behaviour = (response) => void response.end('{"id": 9007199254740993}');
    await stage.path.says(person, 'COUNT');
    await stage.path.outbox.sendDue();
    expect(await stage.firstOutbound()).toMatchObject({ gateway_message_id: '9007199254740993' });
  });

  test('that goes by an id the far end has given before is written down all the same; the first keeps the id', async () => {
    stage.farEnd.behaviour = (response) => void response.end(JSON.stringify({ id: 'again' }));
    for (const to of [person, phoneOf(2), phoneOf(3)]) {
      await stage.path.says(to, 'COUNT');
      await stage.path.outbox.sendDue();
    }
    const all = await stage.outbound();
    expect(all.map(({ status, attempts }) => [status, attempts])).toEqual(Array(3).fill(['sent', null]));
    const known = await stage.source.query(
      `select message_id from carrier_ids where gateway_message_id = 'again'`,
    );
    expect(known).toEqual([{ message_id: stage.farEnd.received[0]?.body.id }]);
  });

  test('that is held by a sender is not sent once STOP is answered', async () => {
    await stage.path.says(person, 'COUNT');
    await stage.whileClaimed(async (texts, client) => {
      expect(texts).toHaveLength(1);
      expect(await withdrawn(client, texts, stage.clock.now())).toEqual(new Set());
      await stage.path.says(person, 'STOP');
      expect(await withdrawn(client, texts, stage.clock.now())).toEqual(new Set(texts));
    });
  });

  test('that is held by a sender waits with the others once somebody has to read what the person wrote', async () => {
    await stage.path.says(person, 'COUNT');
    await stage.whileClaimed(async (texts, client) => {
      await client.query(`update outbox set due_at = '9999-12-31', held = true`);
      expect(await withdrawn(client, texts, stage.clock.now())).toEqual(new Set(texts));
    });
    expect(await stage.outbound()).toMatchObject([{ status: 'queued' }]);
  });

  test('is written down as sent though its row was put off meanwhile', async () => {
    await stage.path.says(person, 'COUNT');
    stage.farEnd.behaviour = async (response, received) => {
      await stage.source.query(`update outbox set due_at = '9999-12-31', held = true`);
      await accept(response, received);
    };
    await stage.path.outbox.sendDue();
    expect(await stage.outbound()).toMatchObject([{ status: 'sent', due_at: null }]);
  });

  test('is not doubled by many senders at work', async () => {
    const nodes = await Promise.all([1, 2, 3].map(() => stage.openNode()));
    const people = Array.from({ length: 60 }, (_, n) => phoneOf(n));
    await Promise.all(people.map((one) => stage.path.says(one, 'COUNT')));
    stage.farEnd.behaviour = slowly(20);
    await Promise.all([stage.path, ...nodes].map((node) => node.outbox.sendDue()));
    await stage.send();
    expect(new Set(stage.farEnd.received.map(({ body }) => body.to)).size).toBe(60);
    expect(stage.farEnd.received).toHaveLength(60);
    for (const node of nodes) await node.close();
  });

  test('that went out while the database was away is written down when it is back, and not sent again', async () => {
    await stage.path.says(person, 'COUNT');
    stage.farEnd.behaviour = async (response, received) => {
      await stage.source.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      accept(response, received);
    };
    await stage.path.outbox.sendDue();
    expect(await stage.firstOutbound()).toMatchObject({ status: 'sent', attempts: null });
    stage.clock.advance(5 * 60_000);
    await stage.path.outbox.sendDue();
    expect(stage.farEnd.received).toHaveLength(1);
  });

  test('whose sender died holding it goes out when its lease is over, under the same id', async () => {
    await stage.path.says(person, 'COUNT');
    const leased = await stage.whileClaimed((texts) => texts);
    expect(leased).toHaveLength(1);
    stage.clock.advance(59_000);
    expect(await stage.path.outbox.sendDue()).toBe(0);
    stage.clock.advance(1_000);
    expect(await stage.path.outbox.sendDue()).toBe(1);
    expect(stage.farEnd.received[0]?.body.id).toBe(leased[0]?.id);
  });

  test('that another node claimed since stays with it, whatever one that stood still past its lease says', async () => {
    await stage.path.says(person, 'COUNT');
    await stage.whileClaimed(async ([late], client) => {
      stage.clock.advance(60_000);
      const [since] = await claimDue(client, stage.clock.now(), 10);
      if (!late || !since) throw new Error('There was nothing to claim.');
      const tryAgain = (text: ClaimedText) => {
        const outcome = {
          status: 'queued',
          reason: 'HTTP 500',
          gatewayMessageId: null,
          reports: false,
        } as const;
        return settle(
          client,
          [{ ...outcome, text, dueAt: stage.clock.now(), held: false }],
          stage.clock.now(),
        );
      };
      await tryAgain(late);
      await putBack(client, [late], stage.clock.now());
      expect(await claimDue(client, stage.clock.now(), 10)).toEqual([]);
      await tryAgain(since);
      expect(await claimDue(client, stage.clock.now(), 10)).toHaveLength(1);
    });
  });

  test.each(['failed', 'expired', 'cancelled'] as const)(
    'that another node claimed since is not %s because one that stood still past its lease says so',
    async (status) => {
      await stage.path.says(person, 'COUNT');
      await stage.whileClaimed(async ([late], client) => {
        stage.clock.advance(60_000);
        const now = stage.clock.now();
        const [since] = await claimDue(client, now, 10);
        if (!late || !since) throw new Error('There was nothing to claim.');
        const ended = { status, reason: 'HTTP 400', gatewayMessageId: null, reports: false } as const;
        const giveUp = (text: ClaimedText) =>
          settle(client, [{ ...ended, text, dueAt: now, held: false }], now);
        await giveUp(late);
        expect(await stage.firstOutbound()).toMatchObject({ status: 'queued', reason: null, attempts: 2 });
        await giveUp(since);
        expect(await stage.firstOutbound()).toMatchObject({ status, reason: 'HTTP 400', attempts: null });
      });
    },
  );

  test('that another node claimed since stays with it, though one that did not hear it has put it off does so again', async () => {
    await stage.path.says(person, 'COUNT');
    await stage.whileClaimed(async ([text], client) => {
      if (!text) throw new Error('There was nothing to claim.');
      const now = stage.clock.now();
      const waits = { status: 'queued', reason: 'Waits its turn.', untried: true, held: false } as const;
      const putOff = () =>
        settle(client, [{ ...waits, text, gatewayMessageId: null, reports: false, dueAt: now + 1 }], now);
      await putOff();
      stage.clock.advance(1);
      expect(await claimDue(client, stage.clock.now(), 10)).toHaveLength(1);
      await putOff();
      expect(await claimDue(client, stage.clock.now(), 10)).toEqual([]);
    });
  });
});

describe('a slow far end', () => {
  test('gets all texts side by side', async () => {
    const held: Parameters<Behaviour>[] = [];
    // Nobody is answered before all five are there.
    stage.farEnd.behaviour = (...one) => {
      held.push(one);
      if (held.length >= 5) for (const each of held.splice(0)) void accept(...each);
    };
    await Promise.all([1, 2, 3, 4, 5].map((n) => stage.path.says(phoneOf(n), 'COUNT')));
    await stage.path.outbox.sendDue();
    expect((await stage.outbound()).map(({ status }) => status)).toEqual(Array(5).fill('sent'));
    expect(stage.farEnd.received).toHaveLength(5);
  });

  test('is not waited for long when the server ends; the text goes later under the same id', async () => {
    stage.farEnd.behaviour = slowly(60_000);
    await stage.path.says(person, 'COUNT');
    stage.path.outbox.nudge();
    await until(() => stage.farEnd.received.length > 0);
    await stage.restart();
    stage.farEnd.behaviour = accept;
    stage.clock.advance(60_000);
    await stage.path.outbox.sendDue();
    expect(await stage.firstOutbound()).toMatchObject({ status: 'sent' });
    expect(new Set(stage.farEnd.received.map(({ body }) => body.id)).size).toBe(1);
  });
});

describe('order', () => {
  test('of one person is kept, also when the first text has to wait', async () => {
    for (const text of ['COUNT', 'a', 'b', 'c']) await stage.path.says(person, text);
    stage.farEnd.behaviour = answer(500);
    await stage.path.outbox.sendDue();
    expect(stage.farEnd.texts).toEqual(['0']);
    expect(await stage.path.outbox.sendDue()).toBe(0);
    stage.farEnd.behaviour = accept;
    stage.clock.advance(60_000);
    await stage.send();
    expect(stage.farEnd.texts).toEqual(['0', '0', '1 after a', '2 after b', '3 after c']);
  });

  test('of one person is kept while a long text is still being taken: the short one behind it waits, on every node', async () => {
    const other = await stage.openNode();
    const queue = (text: string, segments: number) =>
      stage.queue({ to: person, text, segments, purpose: 'service', prompted: true });
    const long = 'long '.repeat(300);
    await queue(long, 10);
    stage.clock.advance(1);
    await queue('short', 1);
    const taken = new Promise<() => void>((resolve) => {
      stage.farEnd.behaviour = (...request) => resolve(() => void accept(...request));
    });
    const sending = stage.path.outbox.sendDue();
    const take = await taken;
    expect(await other.outbox.sendDue()).toBe(0);
    expect(stage.farEnd.texts).toEqual([long]);
    stage.farEnd.behaviour = accept;
    take();
    await sending;
    await other.outbox.sendDue();
    expect(stage.farEnd.texts).toEqual([long, 'short']);
    await other.close();
  });

  test('of many people and several senders is kept for each', async () => {
    const nodes = await Promise.all([1, 2].map(() => stage.openNode()));
    const people = Array.from({ length: 20 }, (_, n) => phoneOf(n));
    for (const text of ['COUNT', 'a', 'b', 'c'])
      await Promise.all(people.map((one) => stage.path.says(one, text)));
    stage.farEnd.behaviour = (response, received) => slowly(Math.random() * 10)(response, received);
    await Promise.all(
      [stage.path, ...nodes].map(async ({ outbox }) => {
        for (let round = 0; round < 20; round++) await outbox.sendDue();
      }),
    );
    for (const one of people) {
      const texts = stage.farEnd.received.filter(({ body }) => body.to === one).map(({ body }) => body.text);
      expect(texts).toEqual(['0', '1 after a', '2 after b', '3 after c']);
    }
    for (const node of nodes) await node.close();
  });
});

describe('the switch that stops all sending', () => {
  const stop = (stopped: boolean) =>
    stage.source.query('update workspaces set sending_stopped = $2 where id = $1', [
      stage.workspace.id,
      stopped,
    ]);

  test('holds everything back, still hears and decides, and lets it go in order', async () => {
    await stop(true);
    await stage.path.says(person, 'COUNT');
    expect((await stage.path.says(person, 'a')).status).toBe('decided');
    expect(await stage.path.outbox.sendDue()).toBe(0);
    await stop(false);
    await stage.send();
    expect(stage.farEnd.texts).toEqual(['0', '1 after a']);
  });

  test.each([
    ['nothing', ['0']],
    ['a later time', []],
  ] as const)(
    'keeps back what a sender holds, and lets it go at once when %s keeps it',
    async (kept, sent) => {
      await stage.path.says(person, 'COUNT');
      await stage.whileClaimed(async (texts, client) => {
        await stop(true);
        if (kept === 'a later time') await client.query(`update outbox set due_at = 'infinity'`);
        expect(texts).toHaveLength(1);
        expect(await withdrawn(client, texts, stage.clock.now())).toEqual(new Set(texts));
        await putBack(client, texts, null);
      });
      await stop(false);
      await stage.send();
      expect(stage.farEnd.texts).toEqual(sent);
    },
  );

  test('concerns its own workspace only', async () => {
    const other = await createWorkspace(stage.source, {
      flows: [counting('COUNT', 2)],
      gateway: { kind: 'http', config: { sendUrl: stage.farEnd.url } },
    });
    await stop(true);
    await stage.path.says(person, 'COUNT');
    await stage.path.says(phoneOf(2), 'COUNT', { workspaceId: other.id, gatewayId: other.gatewayId });
    await stage.path.outbox.sendDue();
    expect(stage.farEnd.received.map(({ body }) => body.to)).toEqual([phoneOf(2)]);
  });
});
