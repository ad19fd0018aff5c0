import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { DiscoveryService } from '@nestjs/core';
import { z } from 'zod';
import { TEMPLATES } from '#flows/templates/index.ts';
import { type ApiRoute, apiRoutes } from '#server/api-docs/api-routes.ts';
import { problemBodySchema } from '#shared/api/problem.ts';
import { type Answer, type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { placesIn, withValue } from '../support/json-places.ts';
import * as fc from '../support/properties.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

jest.setTimeout(fc.patience(120_000));

// Whatever is sent, the answer is a success or a refusal that programs and people can read: never a 500.

let server: TestServer;
let owner: ApiClient;
let routes: ApiRoute[];
/** Ids that are there, by the first part of the address that takes them. */
const known: Record<string, string> = {};

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
  routes = apiRoutes(server.app.get(DiscoveryService, { strict: false }));
  await owner.post('/in/simulated/demo', { from: '+447700900001', to: '12345', text: 'JOIN' });
  for (const what of ['flows', 'contacts', 'runs', 'messages']) {
    known[what] = (await owner.get(`/api/${what}`)).body.items[0].id;
  }
  for (const what of ['programs', 'gateways', 'senders', 'people'])
    known[what] = (await owner.get(`/api/${what}`)).body[0].id;
  known.lists = 'news';
  const plan = { name: 'Spring', flowId: known.flows, audience: { kind: 'file' } };
  known.campaigns = (await owner.post('/api/campaigns', plan)).body.id;
  known.experiments = (await owner.get('/api/experiments')).body[0].key;
});
afterAll(() => server.close());

function expectReadable(request: unknown, { status, body, text }: Answer): void {
  if (status < 400) return;
  const read = problemBodySchema.safeParse(body);
  expect({ request, status, text, readable: read.success && status < 500 }).toMatchObject({ readable: true });
}

/** Signs in again where some junk happened to be a wish to sign out. */
async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await owner.call(method, path, method === 'GET' ? undefined : body);
  if (answer.status === 401) owner = await signInAsOwner(server);
  return answer;
}

const HOSTILE = [
  'x',
  '0',
  '-1',
  '%00',
  '%ff',
  '%F0%9F%98%80',
  '..%2f..%2fetc%2fpasswd',
  "1'--",
  '__proto__',
  'constructor',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'x'.repeat(400),
  'x'.repeat(3_000),
];

const fill = ({ path }: ApiRoute, value: string): string => path.replace(/:\w+/g, value);
const fillKnown = ({ path }: ApiRoute): string =>
  path.replace(/:number/, '1').replace(/:\w+/g, known[path.split('/')[2] ?? ''] ?? HOSTILE[0] ?? '');

test('hostile ids', async () => {
  for (const [n, route] of routes.filter(({ path }) => path.includes(':')).entries()) {
    for (const value of fc.inTurn(HOSTILE, 5, n)) {
      const answer = await call(route.method, fill(route, value), {});
      expectReadable(`${route.name} ${value}`, answer);
      expect([route.name, value, answer.status >= 400 || value === 'x']).toEqual([route.name, value, true]);
    }
  }
});

const HOSTILE_VALUES = [
  '',
  'x',
  '-1',
  '%00',
  '%ff',
  '1e9',
  '99999999999999999999',
  'NaN',
  '%25_%5C',
  '1&page=2',
  'x'.repeat(400),
];

test('hostile queries', async () => {
  for (const [n, route] of routes.filter(({ spec }) => spec?.query).entries()) {
    const { query } = route.spec ?? {};
    const names = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
    const queries = names.flatMap((name, nth) =>
      fc.inTurn(HOSTILE_VALUES, 4, n + nth).map((value) => `${name}=${value}`),
    );
    const asked = [...queries, 'unheard=1', '__proto__=1', 'a[b]=1'].map(async (one) =>
      expectReadable(`${route.name} ${one}`, await call(route.method, `${fillKnown(route)}?${one}`)),
    );
    await Promise.all(asked);
  }
});

const junkText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e',
    '😀',
    'x'.repeat(5_000),
    '{{',
    '{% if %}',
    '1e400',
    '2026-02-30',
  ),
);
const junk: fc.Arbitrary<unknown> = fc.oneof(
  junkText,
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.constantFrom(null, true, false, [], {}, -0, 1e308, Number.MAX_SAFE_INTEGER + 2),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(junkText, { maxLength: 3 }),
);

/** Bodies around what a route takes: each known field with junk, some left out, some strange ones added. */
function bodiesFor(route: ApiRoute): fc.Arbitrary<unknown> {
  const { body } = route.spec ?? {};
  const shapes = body instanceof z.ZodUnion ? body.options : [body];
  const fields = shapes.flatMap((shape) => (shape instanceof z.ZodObject ? Object.keys(shape.shape) : []));
  const near = fc.record(Object.fromEntries(fields.map((name) => [name, junk])), { requiredKeys: [] });
  return fc.oneof(junk, near, near, fc.dictionary(junkText, junk, { maxKeys: 4 }));
}

test('junk in every body', async () => {
  for (const route of routes.filter(({ method }) => method !== 'GET')) {
    for (const body of fc.sample(bodiesFor(route), { numRuns: 8 })) {
      expectReadable([route.name, body], await call(route.method, fillKnown(route), body));
    }
  }
});

test('what reads well, and no database holds', async () => {
  const { body: flow } = await owner.post('/api/flows', { name: 'Far out' });
  const { body: drawn } = await owner.get(`/api/flows/${flow.id}`);
  const contest = { key: 'far-out', name: 'Far out' };
  await owner.post('/api/contests', contest);
  const far = Number.MIN_SAFE_INTEGER;
  const asked = [
    ['PATCH', '/api/contests/far-out', { closesAt: '0000-01-01T00:00:00Z' }, 'closesAt'],
    ['PUT', `/api/flows/${flow.id}/conversations`, { conversations: [], revision: far }, 'revision'],
    ['PUT', `/api/flows/${flow.id}/draft`, { definition: drawn.definition, revision: far }, 'revision'],
  ] as const;
  for (const [method, path, body, place] of asked) {
    const answer = await owner.call(method, path, body);
    expect([path, answer.status, answer.body.error?.place]).toEqual([path, 400, place]);
  }
});

test('a key that is too long, and a body in another encoding', async () => {
  const text = { phone: '+447700900001', text: 'Hello', purpose: 'service' };
  const long = await owner.call('POST', '/api/messages', text, { 'idempotency-key': 'k'.repeat(300) });
  expect([long.status, long.body.error.place]).toEqual([400, 'idempotency-key']);
  const latin = await fetch(`${server.url}/api/flows`, {
    method: 'POST',
    headers: { cookie: owner.cookie ?? '', 'content-type': 'application/json' },
    body: Buffer.from('{"name":"Zoë"}', 'latin1'),
  });
  expect([latin.status, problemBodySchema.parse(await latin.json()).error.code]).toEqual([
    400,
    'body.not-utf8',
  ]);
});

const NO_BODIES = [
  '',
  '{',
  'null',
  '"a"',
  '[]',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{}}}',
  '[[[[[[',
];

test('bodies that are no JSON, or too much of it', async () => {
  for (const [n, route] of routes.filter(({ spec }) => spec?.body).entries()) {
    for (const body of fc.inTurn(NO_BODIES, 3, n)) {
      expectReadable([route.name, body], await call(route.method, fillKnown(route), body));
    }
  }
  const huge = await call('POST', '/api/flows', `{"name":"${'x'.repeat(5 * 1024 * 1024)}"}`);
  expect([huge.status, huge.body.error.code]).toEqual([413, 'request.too-large']);
  const xml = await owner.call('POST', '/api/flows', '<name/>', { 'content-type': 'application/xml' });
  expect([xml.status, xml.body.error.code]).toEqual([415, 'request.media-type']);
});

test('definitions with junk anywhere in them', async () => {
  const { body } = await owner.post('/api/flows', { name: 'Junk' });
  let revision = 1;
  const places = TEMPLATES.flatMap(({ definition }) =>
    placesIn(definition).map((path) => ({ definition, path })),
  );
  const samples = fc.sample(fc.tuple(fc.constantFrom(...places), junk), { numRuns: 150 });
  for (const [{ definition, path }, value] of samples) {
    const changed = withValue(definition, path, value);
    const saved = await call('PUT', `/api/flows/${body.id}/draft`, { definition: changed, revision });
    expectReadable([path, value], saved);
    if (saved.status !== 200) continue;
    revision = saved.body.revision;
    expectReadable([path, value], await call('GET', `/api/flows/${body.id}`));
    expectReadable([path, value], await call('POST', `/api/flows/${body.id}/publish`, { revision }));
  }
  expect(revision).toBeGreaterThan(20);
});
