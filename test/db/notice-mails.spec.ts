import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { Mailer, MAILS_AT_ONCE } from '#server/common/outside/mailer.ts';
import { OutsideHttp } from '#server/common/outside/outside-http.ts';
import { completeSettings, readSettings } from '#server/config.ts';
import { CallsService } from '#server/calls/calls.service.ts';
import { EmailCalls } from '#server/calls/email-calls.ts';
import { NoticeCalls } from '#server/calls/notice-calls.ts';
import { WebhookCalls } from '#server/calls/webhook-calls.ts';
import { BatchWatch } from '#server/inbound/batch-watch.ts';
import { MailServer } from '../support/mail-server.ts';
import { until } from '../support/until.ts';
import { stageSending } from './support/sending-stage.ts';

const stage = stageSending({ clears: ['calls'] });
const MINUTE_MS = 60_000;
const TEAM = 20;

let mails: MailServer;
const opened: { calls: CallsService; mailer: Mailer }[] = [];

beforeEach(async () => {
  mails = await MailServer.open();
});

afterEach(async () => {
  // What hangs still is cut short by that.
  await mails.close();
  for (const { calls, mailer } of opened.splice(0)) {
    await calls.onApplicationShutdown();
    await mailer.onApplicationShutdown();
  }
});

/** A node that makes calls whenever a test says so. */
function openCalls(): CallsService {
  const { source, clock, path } = stage;
  const env = readSettings({ SMTP_URL: mails.url, MAIL_FROM: 'hello@bluebird.example' });
  const settings = completeSettings(env, { databaseUrl: '', secret: '' });
  const mailer = new Mailer(settings);
  const calls = new CallsService(
    source,
    clock,
    createLog('silent'),
    path.inbound,
    new BatchWatch(),
    new WebhookCalls(new OutsideHttp(settings)),
    new EmailCalls(mailer),
    new NoticeCalls(mailer, source),
  );
  opened.push({ calls, mailer });
  return calls;
}

/** A flow asks for something that it waits for no answer to. */
async function ask(kind: string, payload: object): Promise<void> {
  const { source, clock, workspace } = stage;
  await stage.queue();
  await source.query(
    `insert into calls (workspace_id, id, contact_id, sender_id, run_id, node, kind, payload, due_at, created_at)
     select $1, $2, c.id, $3, $2, 'tell', $5, $6, $4, $4 from contacts c where c.workspace_id = $1`,
    [workspace.id, newId(clock.now()), workspace.senderId, new Date(clock.now()), kind, payload],
  );
}

/** A flow tells a team of so many something. */
async function notice(members = TEAM): Promise<void> {
  const { source, clock, workspace } = stage;
  await source.query(
    `insert into people (id, workspace_id, name, email, role, created_at)
     select gen_random_uuid(), $1, 'Agent ' || n, n || '@' || $4::text || '.example', 'agent', $2 from generate_series(1, $3::int4) n`,
    [workspace.id, new Date(clock.now()), members, workspace.id],
  );
  await ask('notice', { text: 'Somebody asks.', phone: '+12125550123' });
}

/** Makes what is due, and what that leaves to be done at once, until so many calls are left. */
const callUntil = (calls: CallsService, left: number): Promise<void> =>
  until(async () => {
    await calls.callDue();
    const [row] = await stage.source.query('select count(*)::int as calls from calls');
    return row.calls === left;
  });

const recipients = (): string[] => mails.mails.map(({ to }) => to.replace(/@.*/, '')).sort();
const everybody = Array.from({ length: TEAM }, (_, n) => String(n + 1)).sort();

describe('a notice to a team', () => {
  test('reaches everybody once, also while the mail server takes longer than any lease lasts', async () => {
    const [one, other] = [openCalls(), openCalls()];
    await notice();
    let release = (): void => undefined;
    const released = new Promise<string>((resolve) => {
      release = () => resolve('250 OK');
    });
    let asked = 0;
    mails.recipient = () => {
      asked++;
      return released;
    };
    await one.workDue();
    await until(async () => {
      await one.workDue();
      return asked === MAILS_AT_ONCE;
    });
    for (let minutes = 0; minutes < 3; minutes++) {
      stage.clock.advance(MINUTE_MS);
      await one.workDue();
    }
    // What nobody has begun yet the other may make.
    await stage.source.query('update calls set due_at = $1 where attempts = 0', [
      new Date(stage.clock.now() + 20 * MINUTE_MS),
    ]);
    await other.workDue();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked).toBe(MAILS_AT_ONCE);
    release();
    await one.callDue();
    await stage.source.query('update calls set due_at = $1', [new Date(stage.clock.now())]);
    await callUntil(other, 0);
    expect(recipients()).toEqual(everybody);
    expect(await stage.source.query('select from calls')).toEqual([]);
  });

  test('comes again to those who did not get it, and to nobody else', async () => {
    const calls = openCalls();
    await notice();
    mails.recipient = (to) => (to.startsWith('7@') ? '451 later' : '250 OK');
    await callUntil(calls, 1);
    expect(recipients()).toEqual(everybody.filter((n) => n !== '7'));
    mails.recipient = () => '250 OK';
    stage.clock.advance(MINUTE_MS);
    await callUntil(calls, 0);
    expect(recipients()).toEqual(everybody);
  });

  test('goes out while all sending is stopped', async () => {
    const calls = openCalls();
    await notice(1);
    await stage.source.query('update workspaces set sending_stopped = true where id = $1', [
      stage.workspace.id,
    ]);
    await calls.callDue();
    await calls.callDue();
    expect(recipients()).toEqual(['1']);
  });
});

test('a node that stood still past its lease takes nothing from the one that makes its call since', async () => {
  const [late, since] = [openCalls(), openCalls()];
  await ask('email', { to: 'ann@example.com', subject: 'Hi', body: 'Hello' });
  const answers: ((line: string) => void)[] = [];
  mails.recipient = () => new Promise((resolve) => answers.push(resolve));
  const first = late.callDue();
  await until(() => answers.length === 1);
  stage.clock.advance(2 * MINUTE_MS);
  const second = since.callDue();
  await until(() => answers.length === 2);
  answers[0]?.('250 OK');
  await first;
  const claims = await stage.source.query('select attempts from calls');
  expect(claims).toEqual([{ attempts: 2 }]);
  answers[1]?.('250 OK');
  await second;
  expect(await stage.source.query('select from calls')).toEqual([]);
});
