import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { createLog } from '#server/common/log.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import * as fc from '../support/properties.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

// Whatever comes over the connection of a page, nobody else notices, and it is no fault of ours.

let server: TestServer;
let owner: ApiClient;
let bystander: Socket;
const pages: Socket[] = [];
/** What the server takes for its own fault. */
const faults: string[] = [];

beforeAll(async () => {
  const log = createLog('error', { write: (line: string) => void faults.push(line) });
  server = await startTestServer({ log });
  owner = await signInAsOwner(server);
  bystander = await open();
});
afterEach(async () => {
  expect(await bystander.emitWithAck('watch')).toEqual({ perMinute: { inbound: 0, outbound: 0 } });
  expect(faults).toEqual([]);
});
afterAll(async () => {
  for (const page of pages) page.disconnect();
  await server.close();
});

async function open(transport: 'websocket' | 'polling' = 'websocket'): Promise<Socket> {
  const page = io(server.url, {
    transports: [transport],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie: owner.cookie ?? '' },
  });
  pages.push(page);
  await new Promise<void>((done, fail) => {
    page.once('connect', done);
    page.once('connect_error', fail);
  });
  return page;
}

/** Where it was not put out for what it said, a page is answered as before. */
async function expectAnswered(page: Socket): Promise<void> {
  const put = new Promise<string>((resolve) => page.once('disconnect', () => resolve('put out')));
  const answered = page.connected ? page.emitWithAck('watch').then(() => 'answered') : put;
  expect(await Promise.race([answered, put])).toMatch(/answered|put out/);
}

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\u0000', '\ud800', '__proto__', 'constructor', 'x'.repeat(5_000)),
);
const said = fc.oneof(
  words,
  fc.jsonValue({ maxDepth: 3 }),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(null, undefined, [], {}, JSON.parse('{"__proto__":{"polluted":1}}')),
);
/** What a page of ours says, and what none does: the client itself keeps back the names that its library has taken. */
const names = fc.oneof(
  fc.constantFrom('watch', 'unwatch', 'beat', 'changed', 'ended', 'join', 'toString', '__proto__', ''),
  words.filter((name) => !['connect', 'disconnect', 'connect_error', 'disconnecting'].includes(name)),
);

test.each(['websocket', 'polling'] as const)('what no page of ours says, by %s', async (transport) => {
  const page = await open(transport);
  const samples = fc.sample(fc.tuple(names, fc.array(said, { maxLength: 3 }), fc.boolean()), {
    numRuns: 150,
  });
  for (const [name, args, asks] of samples) page.emit(name, ...args, ...(asks ? [() => undefined] : []));
  expect(await page.emitWithAck('watch')).toEqual({ perMinute: { inbound: 0, outbound: 0 } });
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

const BROKEN = [
  '',
  '2',
  '2[',
  '2["watch"',
  '2{"watch":1}',
  '2[]',
  '2[null]',
  '2[["watch"]]',
  '2["disconnect"]',
  '2["connect"]',
  '2["error"]',
  '0',
  '0{"token":{"__proto__":1}}',
  '0/elsewhere,',
  '0/__proto__,{}',
  '3[]',
  '37["nobody asked"]',
  '299999999999999999999["watch"]',
  '4"error"',
  '51-["watch",{"_placeholder":true,"num":7}]',
  '59999999-["watch"]',
  '5-["watch"]',
  '9',
  '\u0000',
  `2["watch",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
];

test.each(BROKEN)('what is no message: %j', async (message) => {
  const page = await open();
  page.io.engine.write(message);
  await expectAnswered(page);
});

test('bytes that nobody announced, and a message larger than any of ours', async () => {
  const page = await open();
  page.io.engine.write(Buffer.from([0, 255, 1]));
  await expectAnswered(page);
  const other = await open();
  const gone = new Promise((resolve) => other.once('disconnect', resolve));
  other.emit('watch', 'x'.repeat(200_000));
  expect(await gone).toBe('transport close');
});

test('what is no connection', async () => {
  const path = `${server.url}/socket.io/`;
  const headers = { cookie: owner.cookie ?? '' };
  const asked = [
    '',
    '?EIO=4',
    '?EIO=9&transport=polling',
    '?EIO=4&transport=__proto__',
    '?EIO=4&transport=polling&sid=%00',
  ];
  for (const query of asked) {
    for (const method of ['GET', 'POST', 'PUT']) {
      const body = method === 'GET' ? null : '\u0000{{';
      const { status } = await fetch(path + query, { method, headers, body });
      expect([query, method, status]).toEqual([query, method, 400]);
    }
  }
});
