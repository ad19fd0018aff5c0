import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { PIECE } from '#server/outbound/moved-senders.ts';
import { storeReceipts } from '#server/outbound/receipts/receipts.repository.ts';
import { accept, answer, cut, FarEnd } from './support/far-end.ts';
import { phoneOf } from './support/hot-path.ts';
import { NEW_YORK, NOON_IN_NEW_YORK, stageSending } from './support/sending-stage.ts';

const stage = stageSending({ at: NOON_IN_NEW_YORK, clears: ['gateway_troubles'] });
const LEASE_MS = 60_000;

let other: FarEnd;
let gatewayId: string;

beforeEach(async () => {
  other = await FarEnd.open();
  gatewayId = newId(1);
  await stage.source.query(
    `insert into gateways (id, workspace_id, name, kind, key, config, created_at)
     values ($1::uuid, $2, 'Other', 'http', $1::uuid::text, $3, now())`,
    [gatewayId, stage.workspace.id, { sendUrl: other.url }],
  );
});

afterEach(() => other.close());

/** The sender goes through the other gateway from now on. */
const move = (): Promise<unknown> => stage.setSender('gateway_id = $2', [gatewayId]);

const gatewaysOf = async (ids: readonly string[]): Promise<string[]> => {
  const rows: { gateway_id: string }[] = await stage.source.query(
    'select gateway_id from outbound where id = any($1::uuid[]) order by id',
    [ids],
  );
  return rows.map((row) => row.gateway_id);
};

describe('what is queued when its sender moves to another gateway', () => {
  test('goes through that, in its order, before what is queued there later', async () => {
    const ids = [await stage.queue({ text: 'first' })];
    await move();
    ids.push(await stage.queue({ text: 'second', gatewayId }));
    await stage.send();
    expect([stage.farEnd.texts, other.texts]).toEqual([[], ['first', 'second']]);
    expect(await gatewaysOf(ids)).toEqual([gatewayId, gatewayId]);
  });

  test.each(['service', 'reply'] as const)(
    'waits no longer for a gateway that did not take it, and has its tries at the other: %s',
    async (purpose) => {
      stage.farEnd.behaviour = answer(503);
      const id = await stage.queue({ text: 'tried', purpose });
      await stage.path.outbox.sendDue();
      await stage.source.query('update outbox set attempts = 7');
      await stage.source.query(
        `insert into gateway_troubles (gateway_id, since, until, rests, reason) values ($1, $2, timestamptz '9999-12-31', 3, 'It is away.')
         on conflict (gateway_id) do update set until = excluded.until`,
        [stage.workspace.gatewayId, new Date(stage.clock.now())],
      );
      await move();
      await stage.queue({ text: 'new', purpose, gatewayId });
      other.behaviour = answer(503);
      await stage.path.outbox.sendDue();
      expect(await stage.outbound()).toMatchObject([
        { text: 'tried', attempts: 2 },
        { text: 'new', attempts: 0 },
      ]);
      expect([stage.farEnd.texts, other.texts]).toEqual([['tried'], ['tried']]);
      expect((await stage.fateOf(id)).due).not.toBeNull();
    },
  );

  test('is not overtaken while the old gateway is asked, and follows where nobody has heard of that', async () => {
    const id = await stage.queue({ text: 'claimed', purpose: 'service' });
    await stage.whileClaimed(async () => {
      await move();
      await stage.queue({ text: 'new', purpose: 'service', gatewayId });
      await stage.send();
      expect([stage.farEnd.texts, other.texts]).toEqual([[], []]);
      expect(await gatewaysOf([id])).toEqual([stage.workspace.gatewayId]);
    });
    stage.clock.advance(LEASE_MS);
    await stage.send();
    expect([stage.farEnd.texts, other.texts]).toEqual([[], ['claimed', 'new']]);
  });

  test('waits for the morning still where the night has put it off', async () => {
    stage.clock.set('2026-03-03T07:00:00Z');
    const id = await stage.queue({ to: NEW_YORK });
    await stage.send();
    const { due } = await stage.fateOf(id);
    expect(due).toBe('2026-03-03T13:00:00.000Z');
    await move();
    await stage.send();
    expect(await stage.fateOf(id)).toMatchObject({ status: 'queued', due });
    expect(await gatewaysOf([id])).toEqual([gatewayId]);
    stage.clock.set('2026-03-03T13:00:00Z');
    await stage.send();
    expect([stage.farEnd.texts.length, other.texts.length]).toEqual([0, 1]);
  });

  test('goes with it whole, however much it is', async () => {
    const id = await stage.queue({ to: phoneOf(0), purpose: 'service' });
    await stage.source.query(
      `with made as (
         insert into outbound (workspace_id, id, contact_id, gateway_id, sender_id, text, segments, purpose, status, created_at)
         select m.workspace_id, ('019' || lpad(to_hex(n), 5, '0') || substr(m.id::text, 9))::uuid, m.contact_id, m.gateway_id, m.sender_id,
           n::text, 1, 'service', 'queued', m.created_at
         from outbound m cross join generate_series(1, $2::int4) n where m.id = $1
         returning workspace_id, id, contact_id, gateway_id, sender_id)
       insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at)
       select workspace_id, id, contact_id, gateway_id, sender_id, 1, timestamptz '9999-12-31', now() from made`,
      [id, PIECE],
    );
    await move();
    await stage.send();
    await stage.send();
    const left = await stage.source.query('select from outbox where gateway_id <> $1', [gatewayId]);
    expect(left).toEqual([]);
  });
});

describe('a report of the old gateway, which took a text and was not heard,', () => {
  /** By our own id: nobody has heard its own. */
  const reports = async (messageId: string, status: 'delivered' | 'failed'): Promise<unknown> => {
    const { id, gatewayId: old } = stage.workspace;
    const account = { id: old, workspaceId: id, name: 'Far end', kind: 'http', key: 'k', config: {} };
    const more = { gatewayMessageId: null, detail: null, at: null, blocked: false, network: null };
    const stored = [{ account, receipt: { messageId, status, ...more } }];
    return clientTransaction(stage.source, (client) => storeReceipts(client, stored, stage.clock.now()));
  };

  let id: string;
  beforeEach(async () => {
    stage.farEnd.behaviour = cut;
    id = await stage.queue({ text: 'unheard', purpose: 'service' });
    await stage.path.outbox.sendDue();
    await move();
    // The other is not ready for it yet.
    other.behaviour = answer(503);
    await stage.send();
    expect(await gatewaysOf([id])).toEqual([gatewayId]);
    other.received.length = 0;
    other.behaviour = accept;
  });

  test('that it arrived keeps it from going through the other too', async () => {
    await reports(id, 'delivered');
    stage.clock.advance(LEASE_MS);
    await stage.send();
    expect(await stage.fateOf(id)).toEqual({ status: 'delivered', reason: null, due: null });
    expect(other.texts).toEqual([]);
  });

  test('that it did not does not keep it from that', async () => {
    await reports(id, 'failed');
    stage.clock.advance(LEASE_MS);
    await stage.send();
    expect(await stage.fateOf(id)).toMatchObject({ status: 'sent' });
    expect(other.texts).toEqual(['unheard']);
  });
});
