import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Accepted } from '#shared/api/inbound.ts';
import type { Who } from '#server/accounts/who.ts';
import { createLog } from '#server/common/log.ts';
import { OrdersRepository } from '#server/orders/orders.repository.ts';
import { Orders } from '#server/orders/orders.service.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { WorldCache } from '#server/runtime/world-cache.ts';
import { SENDER } from '../support/phone-stage.ts';
import { until } from '../support/until.ts';
import { counting } from './support/flows.ts';
import { type HotPath, phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const DAY = 24 * 3_600_000;
const PEOPLE = 12;
const TURNS = 6;

/** As long as a text waits before the next ones are only stored, in milliseconds, and a little more. */
const LATE_MS = 1_100;

/** How long each batch takes to be decided, in milliseconds. */
let slowness = 0;
const stage = stageTexting(() => ({ flows: [counting('COUNT', TURNS + 2)] }), {
  nodes: 2,
  hold: () => sleep(slowness),
});
beforeEach(() => {
  slowness = 0;
});

const [one, two] = [() => stage.node(0), () => stage.node(1)];
const people = Array.from({ length: PEOPLE }, (_, n) => phoneOf(n));

const pendingTexts = async (): Promise<number> => {
  const [{ texts, queued }] = await stage.source.query(
    `select (select count(*)::int from inbound where workspace_id = $1 and status = 'pending') as texts,
       (select count(*)::int from backlog where workspace_id = $1) as queued`,
    [stage.workspace.id],
  );
  expect(queued).toBe(texts);
  return texts;
};

/** The replies of each person in the order of their texts. */
const replies = async (): Promise<string[][]> => {
  const rows: { texts: string[] }[] = await stage.source.query(
    `select array_agg(o.text order by o.id) as texts from outbound o join contacts c on c.workspace_id = o.workspace_id and c.id = o.contact_id
     where o.workspace_id = $1 group by c.phone order by c.phone`,
    [stage.workspace.id],
  );
  return rows.map(({ texts }) => texts);
};

const said = (turns: number): string[] => [
  '0',
  ...Array.from({ length: turns }, (_, turn) => `${turn + 1} after t${turn}`),
];

/** Everybody says more at once than the slow decider can decide in time. */
async function overload(node: HotPath, turns = TURNS): Promise<Accepted[]> {
  await Promise.all(people.map((person) => node.says(person, 'COUNT')));
  slowness = LATE_MS;
  const answers = await Promise.all(
    Array.from({ length: turns }, (_, turn) => turn).flatMap((turn) =>
      people.map((person, n) => node.says(person, `t${turn}`, { gatewayMessageId: `${n}-${turn}` })),
    ),
  );
  slowness = 0;
  return answers;
}

describe('more texts than can be decided in time', () => {
  test('are stored and acknowledged, then decided in the order they were accepted', async () => {
    const answers = await overload(one());
    const pending = answers.filter(({ status }) => status === 'pending');
    expect(pending.length).toBeGreaterThan(PEOPLE);
    expect(pending.every((answer) => answer.replies.length === 0)).toBe(true);
    expect(await pendingTexts()).toBe(pending.length);
    await one().backlog.workDue();
    expect(await pendingTexts()).toBe(0);
    expect(await replies()).toEqual(people.map(() => said(TURNS)));
  });

  test('answer a repeat with what is known of them by then', async () => {
    const answers = await overload(one());
    const n = answers.findIndex(({ status }) => status === 'pending');
    const [turn, person] = [Math.floor(n / PEOPLE), n % PEOPLE];
    const repeat = () => two().says(phoneOf(person), `t${turn}`, { gatewayMessageId: `${person}-${turn}` });
    expect(await repeat()).toEqual({ ...answers[n], duplicate: true });
    await two().backlog.workDue();
    expect(await repeat()).toMatchObject({
      id: answers[n]?.id,
      status: 'decided',
      duplicate: true,
      replies: [{ text: `${turn + 1} after t${turn}` }],
    });
  });

  test('are not overtaken by later ones, at whichever node', async () => {
    await overload(one());
    const later = await Promise.all(people.map((person) => two().says(person, `t${TURNS}`)));
    expect(later.every(({ status }) => status === 'pending')).toBe(true);
    await one().backlog.workDue();
    expect(await replies()).toEqual(people.map(() => said(TURNS + 1)));
  });

  test('are taken up by another node when theirs is gone', async () => {
    await overload(one());
    await one().close();
    stage.nodes = stage.nodes.slice(1);
    const last = stage.node(0);
    last.backlog.onApplicationBootstrap();
    await until(async () => (await pendingTexts()) === 0);
    expect(await replies()).toEqual(people.map(() => said(TURNS)));
  });

  test('are decided once when every node works them off at the same time, while people go on texting', async () => {
    await overload(one());
    const [, , later] = await Promise.all([
      one().backlog.workDue(),
      two().backlog.workDue(),
      Promise.all(people.map((person, n) => stage.node(n % 2).says(person, `t${TURNS}`))),
    ]);
    await one().backlog.workDue();
    expect(later.every(({ status }) => status !== 'set-aside')).toBe(true);
    expect(await pendingTexts()).toBe(0);
    expect(await replies()).toEqual(people.map(() => said(TURNS + 1)));
  });

  test('come before a wake-up whose time has come meanwhile', async () => {
    await overload(one(), 4);
    stage.clock.advance(2 * DAY);
    await one().wakes.fireDue();
    await one().backlog.workDue();
    expect(await replies()).toEqual(people.map(() => said(4)));
    const ended = async (): Promise<number> => {
      await one().wakes.fireDue();
      const [{ count }] = await stage.source.query(
        `select count(*)::int from runs where workspace_id = $1 and status = 'ended'`,
        [stage.workspace.id],
      );
      return count;
    };
    // However late they are asked, people have as long to answer.
    stage.clock.advance(DAY - 1);
    expect(await ended()).toBe(0);
    stage.clock.advance(1);
    expect(await ended()).toBe(PEOPLE);
  });

  test('that somebody tries again come once, though two ask for the same at once', async () => {
    const { id } = await one().says(phoneOf(0), 'aside', { to: 'nobody' });
    await stage.source.query('update inbound set to_address = $2 where id = $1', [id, SENDER.address]);
    await overload(one());
    const again = (node: HotPath) => node.says(phoneOf(0), 'aside', { id, stored: true });
    const answers = await Promise.all([again(one()), again(two()), again(one())]);
    expect(answers.map(({ status, duplicate = false }) => [status, duplicate])).toEqual(
      expect.arrayContaining([
        ['pending', false],
        ['pending', true],
      ]),
    );
    await one().backlog.workDue();
    expect((await replies())[0]).toEqual([...said(TURNS), `${TURNS + 1} after aside`]);
  });

  test('may be a STOP: nothing goes to that person before it is decided', async () => {
    const person = phoneOf(0);
    await one().says(person, 'COUNT');
    slowness = LATE_MS;
    const [, stop] = await Promise.all([one().says(person, 'first'), one().says(person, 'STOP')]);
    expect(stop.status).toBe('pending');
    expect(await stage.claimed()).toEqual([]);
    slowness = 0;
    await one().backlog.workDue();
    expect(await stage.claimed()).toMatchObject([{ text: expect.stringMatching(/unsubscribed/) }]);
  });

  test('come before an order about the same person', async () => {
    await overload(one());
    const [run] = await stage.source.query(
      `select r.id, r.sender_id, c.phone from runs r join backlog b on b.workspace_id = r.workspace_id and b.contact_id = r.contact_id
       join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id where r.workspace_id = $1 limit 1`,
      [stage.workspace.id],
    );
    const cancel = () =>
      new Promise((done) =>
        one().inbound.accept({
          kind: 'run',
          workspaceId: stage.workspace.id,
          phone: run.phone,
          senderId: run.sender_id,
          at: stage.clock.now(),
          happening: { kind: 'cancel', runId: run.id, at: stage.clock.now() },
          done,
        }),
      );
    expect(await cancel()).toMatchObject({ error: { code: 'inbound.behind' } });
    await one().backlog.workDue();
    expect(await cancel()).toMatchObject({ stored: {} });
  });

  test('refuse an order about the same person, of which nothing stays unless its key may come again', async () => {
    await overload(one());
    const [{ phone }] = await stage.source.query(
      `select c.phone from backlog b join contacts c on c.workspace_id = b.workspace_id and c.id = b.contact_id where b.workspace_id = $1 limit 1`,
      [stage.workspace.id],
    );
    const flows = new FlowCache(stage.source, createLog('silent'));
    const orders = new Orders(
      new OrdersRepository(stage.source),
      new WorldCache(stage.source, flows),
      flows,
      // Nothing is rehearsed.
      {} as never,
      one().inbound,
      stage.source,
      stage.clock,
    );
    const me: Who = {
      personId: '',
      sessionHash: Buffer.alloc(0),
      workspaceId: stage.workspace.id,
      role: 'agent',
    };
    const send = (key: string | null) =>
      orders.send(me, { phone, text: 'Your table is ready', purpose: 'service' }, key);
    const noted = (): Promise<unknown> =>
      stage.source.query('select key, outcome from orders where workspace_id = $1 order by key', [
        stage.workspace.id,
      ]);
    for (const key of [null, 'table'])
      await expect(send(key)).rejects.toMatchObject({ code: 'inbound.behind' });
    expect(await noted()).toEqual([{ key: 'table', outcome: null }]);
    await one().backlog.workDue();
    for (const key of ['table', null]) expect(await send(key)).toMatchObject({ outcome: 'sent' });
    expect(await noted()).toEqual([
      { key: 'table', outcome: 'sent' },
      { key: null, outcome: 'sent' },
    ]);
  });
});

test('a pending text that cannot be decided is set aside and stops nobody', async () => {
  await stage.source.query(`create function refuse() returns trigger language plpgsql as $$
    begin
      if new.text = 't3' and new.status = 'decided' then raise exception 'no' using errcode = '23514'; end if;
      return new;
    end $$`);
  await stage.source.query(
    'create trigger refuse before insert or update on inbound for each row execute function refuse()',
  );
  await overload(one());
  await one().backlog.workDue();
  await stage.source.query('drop function refuse cascade');
  expect(await pendingTexts()).toBe(0);
  const [{ aside }] = await stage.source.query(
    `select count(*)::int as aside from inbound where workspace_id = $1 and status = 'set-aside' and reason like 'It could not be decided%'`,
    [stage.workspace.id],
  );
  expect(aside).toBe(PEOPLE);
});
