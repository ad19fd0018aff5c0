import { beforeAll, describe, expect, test } from '@jest/globals';
import { scannerOf } from '#server/links/scanner.ts';
import { stageDemo } from '../support/demo-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

let flowId: string;
const clock = new ManualClock();
const stage = stageDemo({ clock }, { PUBLIC_URL: 'https://txt.bluebird.example' });

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1';
const TAP = { 'user-agent': PHONE, accept: 'text/html,application/xhtml+xml' };

const open = (path: string, headers: Record<string, string> = TAP, method = 'GET') =>
  fetch(stage.server.url + path, { method, redirect: 'manual', headers });
const outbound = async (phone: string): Promise<string[]> =>
  (
    await stage.sql<{ text: string }>(
      'select o.text from outbound o join contacts c on c.id = o.contact_id where c.phone = $1 order by o.id',
      [phone],
    )
  ).map(({ text }) => text);
const clicks = async (path: string): Promise<(string | null)[]> =>
  (
    await stage.sql<{ scanner: string | null }>(
      'select scanner from link_clicks where code = $1 order by id',
      [path.split('/').at(-1)],
    )
  ).map(({ scanner }) => scanner);
/** Texts for a link and returns its path. */
const linkOf = async (phone: string): Promise<string> => {
  const [text = ''] = await stage.says(phone, 'OFFER');
  const found = /https:\/\/txt\.bluebird\.example(\/l\/\w+)$/.exec(text)?.[1];
  if (!found) throw new Error(`No link in "${text}".`);
  clock.advance(60_000);
  return found;
};

beforeAll(async () => {
  flowId = await stage.publish(
    lineFlow(
      'OFFER',
      ['link', { url: 'https://shop.example.com/50off?who={{contact.phone}}', saveAs: 'offer' }, 'next'],
      saying('Look: {{answers.offer}}'),
      ['wait-event', { event: 'link-clicked', key: 'offer', timeout: '24h' }, 'happened'],
      saying('Do you like it?'),
    ),
  );
});
describe('a short link', () => {
  test('is of our own address, leads on, and its first tap is told once', async () => {
    const ann = stage.person();
    const path = await linkOf(ann);
    const response = await open(path);
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      `https://shop.example.com/50off?who=${encodeURIComponent(ann)}`,
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    await until(async () => (await outbound(ann)).includes('Do you like it?'));
    await open(path);
    await open(path);
    expect(await clicks(path)).toEqual([null, null, null]);
    expect((await outbound(ann)).filter((text) => text === 'Do you like it?')).toHaveLength(1);
  });

  test('leads programs on as well, but tells nobody', async () => {
    const bo = stage.person();
    const path = await linkOf(bo);
    const previews: [Record<string, string>, string][] = [
      [{ ...TAP, 'user-agent': 'facebookexternalhit/1.1 Facebot Twitterbot/1.0' }, 'GET'],
      [{ ...TAP, 'sec-purpose': 'prefetch;prerender' }, 'GET'],
      [TAP, 'HEAD'],
    ];
    for (const [headers, method] of previews) expect((await open(path, headers, method)).status).toBe(302);
    expect((await clicks(path)).every((scanner) => scanner !== null)).toBe(true);
    expect(await outbound(bo)).toHaveLength(1);
    await open(path);
    await until(async () => (await outbound(bo)).length === 2);
    const { body } = await stage.owner.get(`/api/flows/${flowId}/links`);
    expect(body.items).toEqual([{ node: 'step-0', name: 'offer', made: 2, clicked: 2, scans: 3 }]);
  });

  test('tapped many times at once is one event', async () => {
    const cy = stage.person();
    const path = await linkOf(cy);
    await Promise.all(Array.from({ length: 10 }, () => open(path)));
    await until(async () => (await outbound(cy)).length > 1);
    expect((await clicks(path)).length).toBe(10);
    expect(await outbound(cy)).toHaveLength(2);
  });

  test('that nobody made is not there, whatever it looks like', async () => {
    for (const path of [
      '/l/aaaaaaaa',
      '/l/%00',
      "/l/'; drop table links;--",
      '/l/..%2f..%2fetc',
      `/l/${'x'.repeat(500)}`,
    ]) {
      const response = await open(path);
      expect([path, response.status]).toEqual([path, response.status === 400 ? 400 : 404]);
      expect(await response.text()).not.toContain('stack');
    }
  });
});

describe('a scanner', () => {
  const asks = (more: object) => scannerOf({ method: 'GET', headers: TAP, age: 60_000, ...more });

  test('is no person on a phone', () => {
    expect(asks({})).toBeNull();
    const android =
      'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36';
    expect(asks({ headers: { ...TAP, 'user-agent': android } })).toBeNull();
  });

  test.each([
    { method: 'HEAD' },
    { headers: { accept: 'text/html' } },
    { headers: { ...TAP, 'user-agent': 'Slackbot-LinkExpanding 1.0' } },
    { headers: { ...TAP, 'user-agent': 'python-requests/2.32' } },
    { headers: { ...TAP, purpose: 'prefetch' } },
    { headers: { ...TAP, accept: 'image/avif' } },
    { age: 200 },
  ])('is whoever asks like %j', (more) => expect(asks(more)).toEqual(expect.any(String)));
});
