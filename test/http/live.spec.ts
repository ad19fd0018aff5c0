import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, LiveBeat, ServerEvents } from '#shared/api/live.ts';
import { BeatDraft } from '#server/live/beat.ts';
import { MinuteCount } from '#server/live/minute-count.ts';
import { type ApiClient, signInAsOwner, signInByLink } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

type Page = Socket<ServerEvents, ClientEvents>;

let server: TestServer;
let owner: ApiClient;
const pages: Page[] = [];

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(async () => {
  for (const page of pages) page.disconnect();
  await server.close();
});

/** Opens a page's connection, or says why it was refused. */
async function open(cookie: string | null, origin?: string): Promise<Page> {
  const page: Page = io(server.url, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { ...(cookie && { cookie }), ...(origin && { origin }) },
  });
  pages.push(page);
  await new Promise<void>((done, fail) => {
    page.once('connect', done);
    page.once('connect_error', fail);
  });
  return page;
}

const once = <Name extends keyof ServerEvents>(
  page: Page,
  name: Name,
): Promise<Parameters<ServerEvents[Name]>> =>
  new Promise((done) => {
    page.once(name as keyof ServerEvents, ((...args: Parameters<ServerEvents[Name]>) => done(args)) as never);
  });
const watch = (page: Page) => page.emitWithAck('watch');
const text = (words: string) =>
  owner.post('/in/simulated/demo', { from: '+447700900001', to: '12345', text: words });

describe('a connection', () => {
  test('is for people who are signed in, and for our own pages', async () => {
    await expect(open(null)).rejects.toThrow('Sign in first.');
    await expect(open('textloom_session=forged')).rejects.toThrow('Sign in first.');
    await expect(open(owner.cookie, 'https://evil.example')).rejects.toThrow();
    expect((await open(owner.cookie)).connected).toBe(true);
    expect((await open(owner.cookie, server.url)).connected).toBe(true);
  });

  test('ends with the session', async () => {
    const { body } = await owner.post('/api/people', {
      name: 'Bo',
      email: 'bo@example.com',
      role: 'analyst',
    });
    const bo = await signInByLink(server.url, body.link);
    const page = await open(bo.cookie);
    const gone = new Promise((done) => page.once('disconnect', done));
    await bo.delete('/api/session');
    expect(await gone).toBe('io server disconnect');
  });
});

describe('a page that watches', () => {
  test('hears of texts in beats, and of what was gone along', async () => {
    const page = await open(owner.cookie);
    expect(await watch(page)).toEqual({ perMinute: { inbound: 0, outbound: 0 } });
    const heard = once(page, 'beat');
    await text('JOIN');
    const [beat] = await heard;
    expect(beat).toMatchObject({ inbound: 1, outbound: 1, perMinute: { inbound: 1, outbound: 1 } });
    expect(beat.messages.map(({ direction }) => direction)).toEqual(['out', 'in']);
    expect(beat.messages[1]).toMatchObject({
      text: 'JOIN',
      flow: { name: 'Double opt-in' },
      contact: { phone: '+447700900001' },
    });
    expect(beat.passages).toContainEqual({
      flowId: expect.any(String),
      node: '$start',
      port: 'start',
      count: 1,
    });
    page.emit('unwatch');
  });

  test('hears four beats a second at most, and misses nothing in them', async () => {
    const page = await open(owner.cookie);
    const before = await watch(page);
    const beats: LiveBeat[] = [];
    page.on('beat', (beat) => beats.push(beat));
    const started = Date.now();
    for (let n = 0; n < 20; n++) await text(`text ${n}`);
    const heard = () => beats.reduce((sum, { inbound }) => sum + inbound, 0);
    await until(() => heard() >= 20);
    expect(heard()).toBe(20);
    // One may have been on its way before.
    expect(beats.length).toBeLessThanOrEqual(1 + Math.ceil((Date.now() - started) / 250));
    expect(beats.at(-1)?.perMinute.inbound).toBe(before.perMinute.inbound + 20);
  });

  test('stops hearing when it stops watching', async () => {
    const [page, other] = [await open(owner.cookie), await open(owner.cookie)];
    await watch(page);
    await watch(other);
    page.emit('unwatch');
    let heard = 0;
    page.on('beat', () => heard++);
    const told = once(other, 'beat');
    await text('HELP');
    await told;
    // What was on its way to the page comes before this answer.
    await watch(page);
    expect(heard).toBe(0);
  });
});

test('every page hears what lists should ask for again', async () => {
  const page = await open(owner.cookie);
  const flows = once(page, 'changed');
  await owner.post('/api/flows', { name: 'New' });
  expect(await flows).toEqual(['flows']);
  const sending = once(page, 'changed');
  await owner.post('/api/sending', { stopped: true });
  expect(await sending).toEqual(['sending']);
});

test('pages hear of what a flow brings along once it is there', async () => {
  const page = await open(owner.cookie);
  const heard: string[] = [];
  const pools = new Promise<number>((resolve) =>
    page.on('changed', (what: string) => {
      heard.push(what);
      if (what === 'vouchers') resolve(owner.get('/api/vouchers').then(({ body }) => body.total));
    }),
  );
  await server.database.source.query('delete from voucher_pools');
  await owner.post('/api/flows', { name: 'Deal', template: 'voucher' });
  expect(await pools).toBe(1);
  expect(heard).not.toContain('contests');
});

test('a beat stays below 8 kB, whatever it has to tell', () => {
  const draft = new BeatDraft();
  const passages = Array.from({ length: 500 }, (_, n) => ({
    flowId: '01980000-0000-7000-8000-000000000000',
    node: `node-${n}`,
    port: 'next',
    count: 1,
  }));
  draft.add({
    workspaceId: 'w',
    inbound: 500,
    outbound: 500,
    messageIds: () => Array.from({ length: 500 }, (_, n) => `${n}`),
    passages,
  });
  expect(draft.newestIds).toEqual(Array.from({ length: 20 }, (_, n) => `${480 + n}`));
  const message = {
    id: '01980000-0000-7000-8000-000000000000',
    direction: 'in' as const,
    contact: null,
    sender: '12345',
    other: '+447700900001',
    text: `x${'😀'.repeat(2_000)}`,
    segments: 60,
    status: 'decided' as const,
    reason: null,
    flow: null,
    at: '2026-03-01T12:00:00.000Z',
  };
  const beat = draft.finish(message.at, { inbound: 0, outbound: 0 }, Array(20).fill(message));
  expect(Buffer.byteLength(JSON.stringify(beat))).toBeLessThanOrEqual(8_000);
  expect(beat).toMatchObject({ inbound: 500, outbound: 500 });
  expect(beat.messages.length).toBeGreaterThan(0);
  expect(beat.messages[0]?.text).not.toMatch(/[\uD800-\uDBFF]…$/);
});

describe('the count of a minute', () => {
  const START = 1_700_000_000_000;

  test('forgets what is older', () => {
    const minute = new MinuteCount();
    minute.add(START, 1, 0);
    minute.add(START + 30_000, 2, 5);
    expect(minute.total(START + 59_999)).toEqual({ inbound: 3, outbound: 5 });
    expect(minute.total(START + 60_000)).toEqual({ inbound: 2, outbound: 5 });
    expect(minute.total(START + 3_600_000)).toEqual({ inbound: 0, outbound: 0 });
  });

  test('is not upset by a clock that steps back', () => {
    const minute = new MinuteCount();
    minute.add(START, 1, 1);
    minute.add(START - 5_000, 1, 1);
    expect(minute.total(START)).toEqual({ inbound: 2, outbound: 2 });
  });
});
