import { describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { within } from '#server/outbound/within.ts';
import { phoneOf } from './support/hot-path.ts';
import { type QueuedText, queueText } from './support/queue-text.ts';
import { NOON_IN_NEW_YORK, stageSending } from './support/sending-stage.ts';

const stage = stageSending({
  at: NOON_IN_NEW_YORK,
  gateway: { mostAtOnce: 4 },
  clears: ['gateway_troubles', 'backlog'],
});

let people = 0;
const queue = (text: string, more: Partial<QueuedText> = {}): Promise<string> =>
  queueText(stage.source, stage.workspace, {
    to: phoneOf(++people),
    text,
    at: stage.clock.now() - 1_000,
    ...more,
  });

async function queueMany(count: number, text: string, more: Partial<QueuedText> = {}): Promise<void> {
  for (let n = 0; n < count; n++) await queue(text, more);
}

/** The first round is one in which nobody's texts go first, too; most are not. */
async function passFairRound(): Promise<void> {
  await queue('first');
  await stage.path.outbox.sendDue();
  stage.farEnd.received.length = 0;
}

describe('what goes first', () => {
  test('is what somebody waits for, then what nobody does, then what sells, however long these were due', async () => {
    await passFairRound();
    await queueMany(4, 'sells', { purpose: 'marketing', at: stage.clock.now() - 60_000 });
    await queueMany(4, 'reminds', { purpose: 'service', at: stage.clock.now() - 30_000 });
    await queueMany(4, 'answers', { purpose: 'service', prompted: true });
    const rounds: string[][] = [];
    for (let round = 0; round < 3; round++) {
      await stage.path.outbox.sendDue();
      rounds.push(stage.farEnd.texts.splice(0));
      stage.farEnd.received.length = 0;
    }
    expect(rounds).toEqual([Array(4).fill('answers'), Array(4).fill('reminds'), Array(4).fill('sells')]);
  });

  test('leaves what is over of the room to the rest at once', async () => {
    await passFairRound();
    await queue('answers', { prompted: true });
    await queueMany(5, 'sells', { purpose: 'marketing' });
    await stage.path.outbox.sendDue();
    expect(stage.farEnd.texts.sort()).toEqual(['answers', 'sells', 'sells', 'sells']);
  });

  test('starves nothing: answers that never end leave a share to the others', async () => {
    await queueMany(100, 'answers', { prompted: true });
    await queueMany(3, 'reminds');
    await queueMany(3, 'sells', { purpose: 'marketing' });
    for (let round = 0; round < 17; round++) await stage.path.outbox.sendDue();
    const sent = stage.farEnd.texts;
    expect(sent.filter((text) => text === 'answers').length).toBeGreaterThan(50);
    expect(sent).toContain('reminds');
    expect(sent).toContain('sells');
  });

  test('is never a later text to the same person before an earlier one that informs', async () => {
    const to = phoneOf(++people);
    await queue('earlier', { to, at: stage.clock.now() - 5_000 });
    await queue('answer', { to, prompted: true });
    await stage.send();
    expect(stage.farEnd.texts).toEqual(['earlier', 'answer']);
  });
});

describe('a gateway that is tried after a rest', () => {
  test('is tried with another sender’s text where the first can’t go', async () => {
    const other = newId(1);
    await stage.source.query(
      `insert into senders (id, workspace_id, gateway_id, program_id, address, kind, country, destinations, created_at)
       select $2, workspace_id, gateway_id, program_id, '54321', kind, country, destinations, created_at from senders where id = $1`,
      [stage.workspace.senderId, other],
    );
    const stuck = await queue('stuck', { prompted: true, at: stage.clock.now() - 60_000 });
    await stage.source.query(
      `insert into backlog (workspace_id, contact_id, inbound_id, shard)
       select workspace_id, contact_id, id, 0 from outbound where workspace_id = $1 and id = $2`,
      [stage.workspace.id, stuck],
    );
    await queue('free', { prompted: true, senderId: other });
    await stage.source.query(
      `insert into gateway_troubles (gateway_id, since, until, rests, reason) values ($1, $2, $2, 1, 'HTTP 500')`,
      [stage.workspace.gatewayId, new Date(stage.clock.now() - 1_000)],
    );
    for (let round = 0; round < 2; round++) await stage.path.outbox.sendDue();
    expect(stage.farEnd.texts).toEqual(['free']);
  });

  test('and never answers is given up, whatever its own limits are', async () => {
    expect(await within(10, new Promise(() => undefined))).toMatchObject({
      outcome: 'retry',
      trouble: 'silent',
    });
  });
});

test('a day counts segments beside texts', async () => {
  await stage.source.query('update senders set most_a_day = 3 where id = $1', [stage.workspace.senderId]);
  for (const segments of [1, 3, 2, 5]) {
    const id = await queue('text', { prompted: true, at: stage.clock.now() - 10_000 + segments });
    await stage.source.query('update outbound set segments = $2 where id = $1', [id, segments]);
  }
  await stage.path.outbox.sendDue();
  const [{ texts, segments }] = await stage.source.query(
    `select d.texts, d.segments, (select sum(m.segments)::int from outbound m
       where m.workspace_id = d.workspace_id and m.status = 'sent') as sent
     from sent_days d where d.workspace_id = $1`,
    [stage.workspace.id],
  );
  expect({ texts, segments }).toEqual({ texts: 3, segments: 6 });
});
