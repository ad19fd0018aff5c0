import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { completeSettings, readSettings } from '#server/config.ts';
import { OutsideHttp } from '#server/common/outside/outside-http.ts';
import { isPrivateAddress, mayCall, readAllowList } from '#server/common/outside/private-addresses.ts';
import { json, redirect, silence, WebFarEnd } from '../support/web-far-end.ts';

let farEnd: WebFarEnd;
const opened: OutsideHttp[] = [];

const outside = (allow: string): OutsideHttp => {
  const settings = readSettings({ WEBHOOK_ALLOW: allow });
  const http = new OutsideHttp(completeSettings(settings, { databaseUrl: '', secret: '' }));
  opened.push(http);
  return http;
};
const call = (http: OutsideHttp, url: string, more: object = {}) =>
  http.call({ method: 'GET', url, headers: {}, body: null, timeoutMs: 2_000, ...more });

beforeAll(async () => {
  farEnd = await WebFarEnd.open();
  farEnd.on('/ok', json({ fine: true }));
  farEnd.on('/silence', silence);
  farEnd.on('/cut', (response) => void response.socket?.destroy());
  farEnd.on('/huge', (response) => {
    response.writeHead(200);
    const more = () => {
      while (response.writable && response.write('x'.repeat(65_536)));
      if (response.writable) response.once('drain', more);
    };
    more();
  });
  farEnd.on('/dribble', (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 50);
    response.on('close', () => clearInterval(timer));
  });
  farEnd.on('/marked', (response) => void response.writeHead(200).end('\uFEFF{"name":"Zoë"}'));
  farEnd.on('/here', redirect('/ok'));
  farEnd.on('/round', redirect('/round'));
  farEnd.on('/to-metadata', redirect('http://169.254.169.254/latest/meta-data/'));
  farEnd.on('/to-file', redirect('file:///etc/passwd'));
  farEnd.on('/elsewhere', redirect(`http://localhost:${farEnd.port}/echo`));
  farEnd.on('/again', redirect('/echo', 307));
  farEnd.on('/echo', (response, { method, headers, body }) =>
    json({ method, body, authorization: headers.authorization ?? null })(response, {
      method,
      headers,
      body,
      url: '',
    }),
  );
});
afterAll(async () => {
  for (const http of opened) http.onApplicationShutdown();
  await farEnd.close();
});

describe('addresses', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'no address',
  ])('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true));

  test.each(['8.8.8.8', '172.32.0.1', '192.167.255.255', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is not',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );

  test('may be allowed one by one or by network', () => {
    const allow = readAllowList(['10.1.0.0/16', 'fd00::5', 'shop.internal']);
    expect(
      ['10.1.2.3', '10.2.0.1', 'fd00::5', 'fd00::6', '8.8.8.8'].map((one) => mayCall(one, allow)),
    ).toEqual([true, false, true, false, true]);
  });

  test('that are none are told at the start', () => {
    expect(() => readSettings({ WEBHOOK_ALLOW: '10.0.0.0/64' })).toThrow('WEBHOOK_ALLOW must be hosts');
    expect(() => readSettings({ WEBHOOK_ALLOW: 'http://x' })).toThrow('WEBHOOK_ALLOW');
  });
});

describe('our own network', () => {
  test.each([
    () => farEnd.url,
    () => `http://localhost:${farEnd.port}`,
    () => `http://127.1:${farEnd.port}`,
    () => `http://0x7f000001:${farEnd.port}`,
    () => `http://2130706433:${farEnd.port}`,
    () => `http://[::ffff:127.0.0.1]:${farEnd.port}`,
    () => `http://0:${farEnd.port}`,
  ])('is out of reach, however it is written (%#)', async (url) => {
    const before = farEnd.requests.length;
    const answer = await call(outside(''), `${url()}/ok`);
    expect(answer).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('private network') });
    expect(farEnd.requests.length).toBe(before);
  });

  test('is within reach where somebody allowed it, by address or by name', async () => {
    expect(await call(outside('127.0.0.1'), `${farEnd.url}/ok`)).toMatchObject({ status: 200 });
    expect(await call(outside('localhost'), `http://localhost:${farEnd.port}/ok`)).toMatchObject({
      status: 200,
    });
    expect(await call(outside('localhost'), `${farEnd.url}/ok`)).toMatchObject({ outcome: 'failed' });
  });

  test('is not reached through a redirect either', async () => {
    const http = outside('127.0.0.1');
    expect(await call(http, `${farEnd.url}/to-metadata`)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('169.254.169.254'),
    });
    expect(await call(http, `${farEnd.url}/to-file`)).toMatchObject({ outcome: 'failed' });
  });

  test.each([
    'file:///etc/passwd',
    'ftp://example.com/',
    'gopher://x',
    'http://user:secret@example.com/',
    'nonsense',
  ])('%s is nothing to call', async (url) =>
    expect(await call(outside(''), url)).toMatchObject({ outcome: 'failed' }),
  );
});

describe('a far end', () => {
  const http = outside('127.0.0.0/8,localhost');

  test('is followed to where it redirects, not for ever', async () => {
    expect(await call(http, `${farEnd.url}/here`)).toMatchObject({
      outcome: 'answered',
      body: '{"fine":true}',
    });
    expect(await call(http, `${farEnd.url}/round`)).toEqual({
      outcome: 'failed',
      reason: 'It redirects too often.',
    });
  });

  test('gets a repeated request whole, another host neither body nor secrets', async () => {
    const request = { method: 'POST', body: '{"a":1}', headers: { authorization: 'secret' } };
    const bodyOf = async (path: string) => {
      const answer = await call(http, farEnd.url + path, request);
      return answer.outcome === 'answered' ? JSON.parse(answer.body) : answer;
    };
    expect(await bodyOf('/again')).toEqual({ method: 'POST', body: '{"a":1}', authorization: 'secret' });
    expect(await bodyOf('/elsewhere')).toEqual({ method: 'GET', body: '', authorization: null });
  });

  test('that says nothing, or dribbles, is given up in time', async () => {
    expect(await call(http, `${farEnd.url}/silence`, { timeoutMs: 200 })).toEqual({ outcome: 'timeout' });
    expect(await call(http, `${farEnd.url}/dribble`, { timeoutMs: 200 })).toEqual({ outcome: 'timeout' });
  });

  test('is understood whether or not it says first in which encoding it speaks', async () => {
    expect(await call(http, `${farEnd.url}/marked`)).toMatchObject({ body: '{"name":"Zoë"}' });
  });

  test('that says too much, or ends in the middle, has failed', async () => {
    expect(await call(http, `${farEnd.url}/huge`)).toEqual({
      outcome: 'failed',
      reason: 'The answer is too big.',
    });
    expect(await call(http, `${farEnd.url}/cut`)).toMatchObject({ outcome: 'failed' });
    expect(await call(http, 'http://127.0.0.1:1/')).toMatchObject({ outcome: 'failed' });
  });

  test('that closes a connection at the moment in which it is used again is asked over a new one, once', async () => {
    const asked: string[] = [];
    // It answers the first request of a connection, and closes it on the next.
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        asked.push(chunk.toString().split(' ')[0] ?? '');
        if (socket.bytesWritten > 0 || asked.length > 3) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await call(http, url)).toMatchObject({ status: 200 });
    expect(await call(http, url, { method: 'POST', body: '{}' })).toMatchObject({ status: 200 });
    expect(asked).toEqual(['GET', 'POST', 'POST']);
    // Who closes new ones as well has failed.
    expect(await call(http, url)).toMatchObject({ outcome: 'failed' });
    expect(asked).toHaveLength(4);
    server.close();
  });
});
