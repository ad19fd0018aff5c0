import { expect, test } from '@jest/globals';
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
import { template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const MAILING = lineFlow(
  'MAIL',
  ['email', { to: 'ann@example.com', subject: 'Hi', body: 'Hello' }, 'not-configured'],
  saying('No e-mail here'),
);
const person = phoneOf(7);
const stage = stageTexting(
  () => ({ flows: [template('double-opt-in'), MAILING], lists: { news: 'double' } }),
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

test('an answer from outside waits until the version of its run opens, and is asked for once', async () => {
  const { source, clock, workspace } = stage;
  await stage.path.says(person, 'MAIL');
  await stage.close();
  await stage.open();
  const settings = completeSettings(readSettings({}), { databaseUrl: '', secret: '' });
  const mailer = new Mailer(settings);
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
  const kept = (): Promise<unknown> =>
    source.query(`select answer->>'outcome' as outcome from calls where workspace_id = $1`, [workspace.id]);
  const writtenAs = (schema: number): Promise<unknown> =>
    source.query(
      `update flow_versions set definition = jsonb_set(definition::jsonb, '{schemaVersion}', $1)::json where definition->>'name' = 'MAIL'`,
      [String(schema)],
    );
  // As a newer release writes them.
  await writtenAs(99);
  await calls.callDue();
  expect(await kept()).toEqual([{ outcome: 'not-configured' }]);
  await calls.callDue();
  await writtenAs(1);
  clock.advance(2_000);
  await calls.callDue();
  await calls.onApplicationShutdown();
  expect(await kept()).toEqual([]);
  expect(await stage.claimed()).toMatchObject([{ text: expect.stringContaining('No e-mail here') }]);
  const trail = await source.query('select steps from trail where workspace_id = $1', [workspace.id]);
  expect(JSON.stringify(trail)).not.toContain('late');
});
