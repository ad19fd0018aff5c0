import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DiscoveryService } from '@nestjs/core';
import { type ApiRoute, apiRoutes } from '#server/api-docs/api-routes.ts';
import { createLog } from '#server/common/log.ts';
import { GATEWAYS } from '#server/gateways/registry.ts';
import { idSchema } from '#shared/api/common.ts';
import { gatewaySchema } from '#shared/api/gateways.ts';
import { problemBodySchema } from '#shared/api/problem.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import * as fc from '../support/properties.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

// What no program of good will sends, byte by byte, some of it at every address: the answer is a success, or says in a sentence what was refused.

/** So many requests stand at the server at once. */
const AT_ONCE = 8;

interface Door {
  method: string;
  path: string;
}

let server: TestServer;
let owner: ApiClient;
let doors: Door[];
/** What the server takes for its own fault. */
const faults: string[] = [];

beforeAll(async () => {
  const log = createLog('error', { write: (line: string) => void faults.push(line) });
  server = await startTestServer({ log }, { DEMO: 'on' });
  owner = await signInAsOwner(server);
  for (const { kind } of GATEWAYS) await owner.post('/api/gateways', { name: kind, kind });
  const accounts = gatewaySchema.array().parse((await owner.get('/api/gateways')).body);
  const routes = apiRoutes(server.app.get(DiscoveryService, { strict: false }));
  doors = [
    ...routes.map((route) => ({ method: route.method, path: anyAddress(route) })),
    ...GATEWAYS.flatMap(({ kind, methods, receipts }) => {
      const path = accounts.find((account) => account.kind === kind)?.inboundPath ?? kind;
      const paths = [path, ...(receipts ? [`${path}/dlr`] : [])];
      return paths.flatMap((path) => methods.map((method) => ({ method, path })));
    }),
    { method: 'POST', path: '/nowhere' },
  ];
});
afterAll(() => server.close());

/** With something in its places that reads well, and need not be there: the body is read before anybody looks for it. */
const anyAddress = ({ path, spec }: ApiRoute): string =>
  path.replace(/:(\w+)/g, (_, name: string) => {
    const schema = spec?.params?.[name] ?? idSchema;
    return ANYTHING.find((value) => schema.safeParse(value).success) ?? name;
  });

const ANYTHING = ['01980000-0000-7000-8000-000000000000', '1', 'any', 'start.js'];

interface Heard {
  status: number;
  type: string;
  body: string;
}

/** Sends bytes over a connection of their own, and hears until it ends. */
async function exchange(...bytes: (string | Buffer)[]): Promise<Heard> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // Who is refused in the middle of a long request may be cut off.
  socket.on('error', () => undefined);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  for (const part of bytes) socket.write(part);
  await ended;
  const said = Buffer.concat(chunks).toString();
  const end = said.indexOf('\r\n\r\n');
  const [head, body] = end < 0 ? [said, ''] : [said.slice(0, end), said.slice(end + 4)];
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    type: /^content-type: (.+)$/im.exec(head)?.[1] ?? '',
    body,
  };
}

type Headers = Readonly<Record<string, string>>;

function requestHead({ method, path }: Door, headers: Headers): string {
  const all = { host: 'localhost', connection: 'close', cookie: owner.cookie ?? '', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** Whoever happens to sign out by it signs in and sends it again: a stranger would not be read at all. */
async function send(door: Door, body: Buffer, headers: Headers): Promise<Heard> {
  const length = { 'content-length': String(body.length), ...headers };
  const heard = await exchange(requestHead(door, length), body);
  if (heard.status !== 401 || door.path === '/api/session') return heard;
  owner = await signInAsOwner(server);
  return exchange(requestHead(door, length), body);
}

/** What is wrong with an answer. It may be a page or a file; a refusal is the one body that programs decide by and people read. */
function complaints({ status, type, body }: Heard): string[] {
  const wrong = faults.splice(0);
  if (!(status >= 200 && status < 500)) return [...wrong, `${status} ${body}`];
  if (status < 400) return wrong;
  const read = problemBodySchema.safeParse(jsonOf(body));
  if (!read.success || !type.startsWith('application/json')) return [...wrong, `${type} ${body}`];
  const { code, message } = read.data.error;
  if (!/^[a-z-]+(\.[a-z0-9-]+)+$/.test(code)) wrong.push(`the code ${code}`);
  if (!/^([\w.]+: )?[^a-z].*[.?!)]$/s.test(message)) wrong.push(`no sentence: ${message}`);
  return wrong;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Goes to every door, `n` is its place among them, and tells all that is wrong with what is heard there. */
async function atEachDoor(
  ask: (door: Door, hear: (sent: string, heard: Heard) => void, n: number) => Promise<void>,
  which = doors,
): Promise<string[]> {
  const wrong: string[] = [];
  const left = which.entries();
  const worker = async (): Promise<void> => {
    for (const [n, door] of left) {
      const hear = (sent: string, heard: Heard): void => {
        for (const one of complaints(heard)) wrong.push(`${door.method} ${door.path}, ${sent}: ${one}`);
      };
      await ask(door, hear, n);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return wrong;
}

const JSON_TYPE = 'application/json';
const nested = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;
const inEachField = (json: string): string =>
  `{${['name', 'text', 'definition', 'config', 'key', 'phone', 'from', 'to', 'id', 'status']
    .map((field) => `"${field}":${json}`)
    .join()}}`;

/** By what is wrong with them. */
const BODIES: Readonly<Record<string, string | Buffer>> = {
  nothing: '',
  'half of it': '{"name":"x',
  'more than it': '{}}',
  'a mark of byte order': '\ufeff{}',
  'only zero bytes': Buffer.alloc(64),
  'no UTF-8': Buffer.from('{"name":"\xe9\xff","text":"\xc3"}', 'latin1'),
  'no UTF-8 in a name': Buffer.from('{"\xff":1}', 'latin1'),
  'UTF-16': Buffer.from('{"name":"x"}', 'utf16le'),
  'a zero byte': inEachField('"a\\u0000b"'),
  'half a surrogate pair': inEachField('"\\ud800"'),
  'a zero byte in a name': '{"a\\u0000":1}',
  'a number of no size': inEachField('1e999'),
  'a name twice': '{"name":"a","name":["b"]}',
  'lists in lists': nested('[', ']', 50_000),
  'objects in objects': nested('{"a":', '}', 20_000),
  'depth in a field': inEachField(nested('[', ']', 200)),
  'many names': `{${Array.from({ length: 5_000 }, (_, n) => `"f${n}":${n}`).join()}}`,
  'a prototype': '{"__proto__":{"polluted":1}}',
  'a prototype in a field': inEachField('{"__proto__":{"polluted":1}}'),
  'a constructor': inEachField('{"constructor":{"prototype":{"polluted":1}}}'),
  'names of every object': '{"toString":1,"hasOwnProperty":1,"valueOf":null}',
};

const TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/json; charset=utf-16',
  'application/json; charset="',
  'application/vnd.api+json',
  '/',
  ';;;',
  '\xff',
  'x'.repeat(5_000),
];

const readsBodies = ({ method, path }: Door): boolean => method !== 'GET' && path !== '/nowhere';

const COMPRESSED = { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' };

describe('at every address', () => {
  test('a broken body is refused in a sentence, or not read', async () => {
    const wrong = await atEachDoor(async (door, hear, n) => {
      for (const [what, body] of fc.inTurn(Object.entries(BODIES), 8, n))
        hear(what, await send(door, Buffer.from(body), { 'content-type': JSON_TYPE }));
    }, doors.filter(readsBodies));
    expect(wrong).toEqual([]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  }, 300_000);

  test('so is one of another kind than it says', async () => {
    const body = Buffer.from('name=x&text=%00');
    const wrong = await atEachDoor(async (door, hear, n) => {
      for (const type of fc.inTurn(TYPES, 3, n)) hear(type, await send(door, body, { 'content-type': type }));
      hear('no type', await send(door, body, {}));
      hear('compressed', await send(door, Buffer.from('{}'), COMPRESSED));
    });
    expect(wrong).toEqual([]);
  }, 300_000);

  test('so is one that is too large, whether it says so or not', async () => {
    const said = { 'content-type': JSON_TYPE, 'content-length': String(2 ** 40) };
    const unsaid = { 'content-type': JSON_TYPE, 'transfer-encoding': 'chunked' };
    const chunk = Buffer.from(`100000\r\n${' '.repeat(2 ** 20)}\r\n`);
    const wrong = await atEachDoor(async (door, hear) => {
      const known = await exchange(requestHead(door, said));
      hear('said', known);
      if (known.status !== 413) hear('said', { ...known, status: 0 });
      const found = await exchange(requestHead(door, unsaid), ...Array(5).fill(chunk), '0\r\n\r\n');
      // Whoever goes on sending may be cut off before they read why.
      if (found.status) hear('unsaid', found);
    }, doors.filter(readsBodies));
    expect(wrong).toEqual([]);
  }, 300_000);

  test('a header that nobody has made is no fault of ours', async () => {
    const byte = fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code));
    const long = 'x'.repeat(9_000);
    const value = fc.oneof(
      fc.string({ unit: byte }),
      fc.constantFrom('', ',', '=;=', 'Bearer', 'Bearer \xff', 'bytes=9-1,-0', long),
    );
    const names = ['cookie', 'authorization', 'idempotency-key', 'content-type', 'accept', 'range', 'origin'];
    const more = ['x-forwarded-for', 'x-forwarded-proto', 'sec-fetch-site', 'if-none-match', 'webhook-id'];
    const headers = fc.dictionary(fc.constantFrom(...names, ...more), value, { maxKeys: 4 });
    const samples = fc.sample(headers, { numRuns: 12 });
    const wrong = await atEachDoor(async (door, hear, n) => {
      for (const some of fc.inTurn(samples, 5, n)) {
        const head = Buffer.from(requestHead(door, { 'content-length': '2', ...some }), 'latin1');
        hear(JSON.stringify(some), await exchange(head, '{}'));
      }
    });
    expect(wrong).toEqual([]);
  }, 300_000);
});

describe('what is no request', () => {
  const rest = 'host: a\r\nconnection: close\r\n';
  test.each([
    ['words', 'hello\r\n\r\n'],
    ['the greeting of TLS', Buffer.from('16030100a5010000a1030300112233', 'hex')],
    ['another protocol', 'GET / SPDY/3\r\n\r\n'],
    ['a method that there is not', `BREW /api/flows HTTP/1.1\r\n${rest}\r\n`],
    ['a method that nobody takes', `TRACE /api/flows HTTP/1.1\r\n${rest}\r\n`],
    ['a header without a name', `GET / HTTP/1.1\r\n${rest}: x\r\n\r\n`],
    ['a zero byte in a header', `GET / HTTP/1.1\r\n${rest}x: \0\r\n\r\n`],
    ['a zero byte in the address', `GET /api/flows\0 HTTP/1.1\r\n${rest}\r\n`],
    ['an address that cannot be decoded', `GET /api/flows/%E0%A4%A HTTP/1.1\r\n${rest}\r\n`],
    ['an address of some other place', `GET http://evil.example/api/flows HTTP/1.1\r\n${rest}\r\n`],
    ['too long an address', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${rest}\r\n`],
    ['too many headers', `GET / HTTP/1.1\r\n${rest}${'x: yyyy\r\n'.repeat(5_000)}\r\n`],
    ['two lengths', `POST /api/session HTTP/1.1\r\n${rest}content-length: 1\r\ncontent-length: 2\r\n\r\n{}`],
    ['a length below nothing', `POST /api/session HTTP/1.1\r\n${rest}content-length: -1\r\n\r\n`],
    [
      'two kinds of length',
      `POST /api/session HTTP/1.1\r\n${rest}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a chunk of no size', `POST /api/session HTTP/1.1\r\n${rest}transfer-encoding: chunked\r\n\r\nzz\r\n`],
  ])('%s: is refused in the same words as everything', async (_, bytes) => {
    const heard = await exchange(bytes);
    expect(complaints(heard)).toEqual([]);
    expect(heard.status).toBeGreaterThanOrEqual(400);
  });
});
