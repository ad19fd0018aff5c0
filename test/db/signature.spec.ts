import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sign, verify } from '#server/gateways/http/signature.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { SENDER } from '../support/phone-stage.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { FarEnd } from './support/far-end.ts';
import { counting } from './support/flows.ts';
import { openHotPath, phoneOf } from './support/hot-path.ts';

const SECRET = `whsec_${Buffer.from('a secret that only tests know').toString('base64')}`;

const clock = new ManualClock();
let server: TestServer;
let workspace: TestWorkspace;
let farEnd: FarEnd;

beforeAll(async () => {
  server = await startTestServer({ clock });
  farEnd = await FarEnd.open();
  workspace = await createWorkspace(server.database.source, {
    flows: [counting('COUNT', 2)],
    gateway: { kind: 'http', config: { sendUrl: farEnd.url, secret: SECRET } },
  });
});
afterAll(async () => {
  await server?.close();
  await farEnd?.close();
});

/** The signature as Standard Webhooks describes it, worked out without our own code. */
function signed(id: string, seconds: number, body: string, secret = SECRET): Record<string, string> {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${mac}` };
}

test('is the one of the Standard Webhooks specification', () => {
  // The example of its reference libraries.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const [id, timestamp, body] = ['msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}'];
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  expect(sign(secret, id, timestamp, body)).toBe(signature);
  const several = { id, timestamp, signature: `v1,AAAA ${signature} v2,BBBB` };
  expect(verify(secret, several, Buffer.from(body), 1_614_265_330_000)).toBe(true);
});

describe('a signed text that comes in', () => {
  const now = (): number => Math.floor(clock.now() / 1_000);
  const body = (text: string): string =>
    `{ "from": "${phoneOf(1)}",  "to": "${SENDER.address}", "text": "${text}" }`;
  const post = async (headers: Record<string, string>, text: string) => {
    const response = await fetch(server.url + workspace.door, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
    });
    return { status: response.status, body: await response.json() };
  };

  test('is taken when the signature fits the bytes and the time', async () => {
    const answer = await post(signed('m1', now(), body('COUNT')), body('COUNT'));
    expect(answer).toMatchObject({ status: 200, body: { status: 'decided', replies: [{ text: '0' }] } });
  });

  test('is refused without a signature, and nothing is stored', async () => {
    expect(await post({}, body('unsigned'))).toMatchObject({
      status: 401,
      body: { error: { code: 'inbound.unsigned' } },
    });
  });

  test.each([
    ['of another body', () => signed('m2', now(), body('another'))],
    [
      'of another secret',
      () => signed('m3', now(), body('forged'), `whsec_${Buffer.from('guess').toString('base64')}`),
    ],
    ['under another id', () => ({ ...signed('m4', now(), body('forged')), 'webhook-id': 'm5' })],
    ['of six minutes ago', () => signed('m6', now() - 360, body('forged'))],
    ['of six minutes ahead', () => signed('m7', now() + 360, body('forged'))],
    ['of no time', () => ({ ...signed('m8', now(), body('forged')), 'webhook-timestamp': 'soon' })],
    ['of nothing', () => ({ ...signed('m9', now(), body('forged')), 'webhook-signature': 'v1,' })],
  ])('is refused with a signature %s', async (_, headers) => {
    expect(await post(headers(), body('forged'))).toMatchObject({
      status: 403,
      body: { error: { code: 'inbound.signature' } },
    });
    const rows = await server.database.source.query(
      "select 1 from inbound where text in ('forged', 'unsigned')",
    );
    expect(rows).toEqual([]);
  });
});

test('a text that goes out is signed so that the far end can verify it', async () => {
  const path = await openHotPath(server.database.url, workspace, clock);
  await path.says(phoneOf(2), 'COUNT');
  while (!farEnd.received.some(({ body }) => body.to === phoneOf(2))) await path.outbox.sendDue();
  const sent = farEnd.received.find(({ body }) => body.to === phoneOf(2));
  const seconds = Number(sent?.headers['webhook-timestamp']);
  expect(sent?.headers).toMatchObject(signed(sent?.body.id ?? '', seconds, sent?.raw ?? ''));
  expect(Math.abs(Date.now() / 1_000 - seconds)).toBeLessThan(60);
  await path.close();
});
