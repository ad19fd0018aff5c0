import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Mailer } from '#server/common/outside/mailer.ts';
import { completeSettings, readSettings } from '#server/config.ts';
import { MailServer } from '../support/mail-server.ts';

let server: MailServer;
let mailer: Mailer;

const mailerOf = (env: Record<string, string | undefined>): Mailer =>
  new Mailer(completeSettings(readSettings(env), { databaseUrl: '', secret: '' }));
const mail = { id: 'one', to: 'ada@example.com', subject: 'Hé', text: 'Hello\n.\nBye' };

beforeAll(async () => {
  server = await MailServer.open();
  mailer = mailerOf({ SMTP_URL: server.url, MAIL_FROM: 'Bluebird <hello@bluebird.example>' });
});
beforeEach(() => {
  server.mails.length = 0;
  server.recipient = () => '250 OK';
});
afterAll(async () => {
  await mailer.onApplicationShutdown();
  await server.close();
});

test('an e-mail arrives, from us, under its own id', async () => {
  expect(await mailer.send(mail)).toEqual({ outcome: 'sent' });
  expect(server.mails).toMatchObject([{ to: 'ada@example.com' }]);
  const [{ data } = { data: '' }] = server.mails;
  expect(data).toContain('From: Bluebird <hello@bluebird.example>');
  expect(data).toContain('Message-ID: <one@bluebird.example>');
  expect(data).toContain('Hello');
});

test('what the mail server refuses for good has failed, what it may take later comes again', async () => {
  server.recipient = () => '550 nobody here';
  expect(await mailer.send(mail)).toMatchObject({ outcome: 'failed' });
  server.recipient = () => '451 later';
  expect(await mailer.send(mail)).toMatchObject({ outcome: 'again' });
  expect(server.mails).toEqual([]);
});

test('a mail server that is away is asked again', async () => {
  const away = mailerOf({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@b.example' });
  expect(await away.send(mail)).toMatchObject({ outcome: 'again' });
  await away.onApplicationShutdown();
});

test.each([
  '',
  'ada',
  'ada@',
  'a@b.example, c@d.example',
  'a@b.example\r\nBcc: x@y.example',
  '<a@b.example>',
])('%j is written to by nobody', async (to) => {
  expect(await mailer.send({ ...mail, to })).toMatchObject({ outcome: 'failed' });
  expect(server.mails).toEqual([]);
});

test('without a mail server, or without an address of our own, it says so', async () => {
  for (const env of [{}, { SMTP_URL: server.url }, { MAIL_FROM: 'a@b.example' }]) {
    expect(await mailerOf(env).send(mail)).toEqual({ outcome: 'not-configured' });
  }
  expect(() => readSettings({ SMTP_URL: 'http://x' })).toThrow('SMTP_URL');
  expect(() => readSettings({ MAIL_FROM: 'nobody' })).toThrow('MAIL_FROM');
});
