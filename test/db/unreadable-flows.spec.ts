import { describe, expect, test } from '@jest/globals';
import { CallsService } from '#server/calls/calls.service.ts';
import { EmailCalls } from '#server/calls/email-calls.ts';
import { NoticeCalls } from '#server/calls/notice-calls.ts';
import { WebhookCalls } from '#server/calls/webhook-calls.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { WorldCache } from '#server/runtime/world-cache.ts';
import { completeSettings, readSettings } from '#server/config.ts';
import { createLog } from '#server/common/log.ts';
import { Mailer } from '#server/common/outside/mailer.ts';
import { OutsideHttp } from '#server/common/outside/outside-http.ts';
import { BatchWatch } from '#server/inbound/batch-watch.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { SENDER } from '../support/phone-stage.ts';
import { Replays } from '#server/messages/replays.ts';
import { RunOrders } from '#server/runs/run-orders.ts';
import { counting, template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const MAILING = lineFlow(
  'MAIL',
  ['email', { to: 'ann@example.com', subject: 'Hi', body: 'Hello' }, 'not-configured'],
  saying('No e-mail here'),
);
const PAYING = lineFlow(
  'ORDER',
  saying('Ordered'),
  ['wait-event', { event: 'paid', timeout: '24h' }, 'happened'],
  saying('Thank you'),
);
const person = phoneOf(7);
const stage = stageTexting(
  () => ({
    flows: [template('double-opt-in'), MAILING, PAYING, counting('COUNT', 2)],
    lists: { news: 'double' },
  }),
  // Nobody's night.
  { at: '2026-06-10T16:00:00Z' },
);

/** Published versions that the database refuses to give, as when they are damaged. */
async function damaged(): Promise<void> {
  await stage.source.query('alter table flow_versions rename to kept_versions');
  await stage.source.query(
    'create view flow_versions as select id, flow_id, number, (1 / (id is null)::int)::text::jsonb as definition from kept_versions',
  );
}

/** As a newer release writes them, or as ours does. */
const writtenAs = (schema: 99 | 1): Promise<unknown> =>
  stage.source.query(
    `update flow_versions set definition = jsonb_set(definition::jsonb, '{schemaVersion}', $1)::json`,
    [String(schema)],
  );

/** A release takes over that does not know how the flows are written; nothing is remembered of them. */
async function rolledBack(): Promise<void> {
  await stage.close();
  await writtenAs(99);
  await stage.open();
}

/** A release takes over that knows how they are written. */
async function upgraded(): Promise<void> {
  await stage.close();
  await writtenAs(1);
  await stage.open();
}

async function mended(): Promise<void> {
  await stage.source.query('drop view flow_versions');
  await stage.source.query('alter table kept_versions rename to flow_versions');
}

test('a world without its flows knows who is texted and what STOP is, and is kept for nobody who wants them all', async () => {
  const { source, workspace } = stage;
  const cache = new WorldCache(source, new FlowCache(source, createLog('silent')));
  await damaged();
  await expect(cache.current(workspace.id)).rejects.toMatchObject({ code: '22012' });
  const bare = await cache.withoutFlows(workspace.id);
  const [sender] = bare.senders.values();
  expect(sender?.address).toBe(SENDER.address);
  expect(sender?.world.reserved.get('stop')).toMatchObject({ kind: 'stop' });
  expect([...(sender?.world.lists.keys() ?? [])]).toEqual(['news']);
  expect(sender?.world.keywords.find('join')).toBeNull();
  await mended();
  const whole = await cache.at(workspace.id, bare.revision);
  expect([...whole.senders.values()][0]?.world.keywords.find('join')).not.toBeNull();
  expect(await cache.at(workspace.id, bare.revision)).toBe(whole);
  await cache.withoutFlows(workspace.id);
  expect(await cache.at(workspace.id, bare.revision)).toBe(whole);
});

test('where flows cannot be read, who says STOP is stopped all the same, and all is well once they can', async () => {
  await damaged();
  expect(await stage.path.says(person, 'STOP')).toMatchObject({
    status: 'set-aside',
    reason: expect.stringMatching(/the person is stopped/),
  });
  const other = phoneOf(8);
  expect(await stage.path.says(other, 'JOIN')).toMatchObject({ status: 'set-aside', replies: [] });
  await mended();
  expect(
    await stage.source.query(
      `select state from consents where workspace_id = $1 and scope like 'program:%'`,
      [stage.workspace.id],
    ),
  ).toEqual([{ state: 'stopped' }]);
  expect(await stage.path.says(other, 'JOIN')).toMatchObject({
    status: 'decided',
    replies: [{ text: expect.stringContaining('YES') }],
  });
});

test('a version that does not open is read once, however many texts come of those who are in it', async () => {
  const { source } = stage;
  await writtenAs(99);
  const cache = new FlowCache(source, createLog('silent'));
  const versions: { id: string }[] = await source.query('select id from flow_versions');
  const ids = versions.map(({ id }) => id);
  expect(await cache.load(ids)).toEqual(new Map());
  await damaged();
  expect(await cache.load(ids)).toEqual(new Map());
  await mended();
});

test('an answer from outside waits until the version of its run opens, and is asked for once', async () => {
  const { source, clock, workspace } = stage;
  await stage.path.says(person, 'MAIL');
  await stage.close();
  await stage.open();
  const settings = completeSettings(readSettings({}), { databaseUrl: '', secret: '' });
  const mailer = new Mailer(settings);
  const callDue = async (): Promise<void> => {
    const calls = new CallsService(
      source,
      clock,
      createLog('silent'),
      stage.path.inbound,
      new BatchWatch(),
      new WebhookCalls(new OutsideHttp(settings)),
      new EmailCalls(mailer),
      new NoticeCalls(mailer, source),
    );
    await calls.callDue();
    await calls.onApplicationShutdown();
  };
  const kept = (): Promise<unknown> =>
    source.query(`select answer->>'outcome' as outcome from calls where workspace_id = $1`, [workspace.id]);
  await writtenAs(99);
  await callDue();
  expect(await kept()).toEqual([{ outcome: 'not-configured' }]);
  await callDue();
  await upgraded();
  clock.advance(2_000);
  await callDue();
  expect(await kept()).toEqual([]);
  expect(await stage.claimed()).toMatchObject([{ text: expect.stringContaining('No e-mail here') }]);
  const trail = await source.query('select steps from trail where workspace_id = $1', [workspace.id]);
  expect(JSON.stringify(trail)).not.toContain('late');
});

describe('what happens to a conversation whose version does not open', () => {
  const UNOPENED = { code: 'inbound.version', status: 503 };
  const run = async (): Promise<{ id: string; outcome: string | null }> => {
    const [row] = await stage.source.query('select id, outcome from runs where workspace_id = $1', [
      stage.workspace.id,
    ]);
    return row;
  };
  const orders = (): RunOrders => new RunOrders(stage.source, stage.clock, stage.path.inbound);

  test('is not said to be cancelled, and is cancelled once it opens', async () => {
    await stage.path.says(person, 'COUNT');
    await rolledBack();
    const { id } = await run();
    await expect(orders().cancel(stage.workspace.id, id)).rejects.toMatchObject(UNOPENED);
    await upgraded();
    expect(await orders().cancel(stage.workspace.id, id)).toBe(true);
    expect(await run()).toMatchObject({ outcome: 'cancelled' });
  });

  test('leaves an event with whoever tells it, to be told again', async () => {
    await stage.path.says(person, 'ORDER');
    await rolledBack();
    const paid = () => orders().event(stage.workspace.id, person, { name: 'paid', key: null, value: null });
    await expect(paid()).rejects.toMatchObject(UNOPENED);
    await upgraded();
    expect(await paid()).toBe(1);
    expect(await run()).toMatchObject({ outcome: 'completed' });
  });

  test('is told that a text of its failed once it opens', async () => {
    const { source, clock, workspace } = stage;
    await stage.path.says(person, 'COUNT');
    await source.query(
      `insert into deliveries (workspace_id, message_id, outcome, due_at, created_at)
       select workspace_id, id, 'failed', $2, $2 from outbound where workspace_id = $1`,
      [workspace.id, new Date(clock.now())],
    );
    await rolledBack();
    await stage.path.deliveries.workDue();
    await upgraded();
    clock.advance(60_000);
    await stage.path.deliveries.workDue();
    expect(await run()).toMatchObject({ outcome: 'not-reached' });
    expect(await source.query('select from deliveries where workspace_id = $1', [workspace.id])).toEqual([]);
  });

  test('keeps a text that may be for it, to be read again, and hears STOP', async () => {
    const { source, clock, workspace } = stage;
    await stage.path.says(person, 'COUNT');
    await rolledBack();
    expect(await stage.path.says(person, 'seven')).toMatchObject({ status: 'set-aside', replies: [] });
    const [{ id }] = await source.query(
      `select id from inbound where workspace_id = $1 and status = 'set-aside'`,
      [workspace.id],
    );
    await upgraded();
    await stage.path.says(phoneOf(6), 'COUNT');
    const replays = new Replays(source, clock, stage.path.inbound, stage.path.outbox);
    expect(await replays.replay(workspace.id, id)).toBe(true);
    const texts = await source.query('select text from outbound where workspace_id = $1 order by id', [
      workspace.id,
    ]);
    expect(texts.map(({ text }: { text: string }) => text)).toContain('1 after seven');
    await rolledBack();
    expect(await stage.path.says(person, 'STOP')).toMatchObject({ status: 'decided' });
    const [standing] = await source.query(
      `select state from consents where workspace_id = $1 and scope like 'program:%'`,
      [workspace.id],
    );
    expect(standing).toEqual({ state: 'stopped' });
  });
});
