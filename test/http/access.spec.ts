import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { type ApiRoute, apiRoutes } from '#server/api-docs/api-routes.ts';
import { mayActAs } from '#shared/api/roles.ts';
import { problemBodySchema } from '#shared/api/problem.ts';
import { type Role, roleSchema } from '#shared/api/session.ts';
import { ApiClient, signInAsOwner, signInByLink } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;
let routes: ApiRoute[];

beforeAll(async () => {
  server = await startTestServer({ clientFolder: 'no client' });
  owner = await signInAsOwner(server);
  routes = apiRoutes(server.app.get(DiscoveryService, { strict: false }));
});
afterAll(() => server.close());

const SOME_ID = '01980000-0000-7000-8000-000000000000';
const addressOf = ({ path }: ApiRoute): string =>
  path
    .replace(':number', '1')
    .replace(':key', 'some-key')
    .replace(':file', 'start.js')
    .replace(/:\w+/g, SOME_ID);

describe('who gets in', () => {
  test('these routes are open, and no others', () => {
    expect(routes.filter(({ open }) => open).map(({ name }) => name)).toEqual([
      'GET /api/docs',
      'GET /api/docs-json',
      'GET /api/docs/:file',
      'POST /api/session',
      'GET /health',
      'GET /health/live',
      'GET /metrics',
    ]);
  });

  test('whatever else the web server answers is a gateway’s door or a short link', () => {
    const known = new Set(routes.map(({ path }) => path));
    const tree: string = server.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
    const paths = pathsOf(tree);
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !known.has(path)).sort()).toEqual([
      '/in/http/:key',
      '/in/http/:key/dlr',
      '/in/simulated/:key',
      '/l/:code',
    ]);
  });

  test('a closed route answers nobody who is not signed in', async () => {
    const stranger = new ApiClient(server.url);
    for (const route of routes.filter(({ open }) => !open)) {
      const { status, body } = await stranger.call(route.method, addressOf(route));
      expect([route.name, status, body.error.code]).toEqual([route.name, 401, 'session.missing']);
    }
  });

  test('a cookie that we never gave opens nothing', async () => {
    const forged = new ApiClient(server.url, 'textloom_session=forged');
    expect((await forged.get('/api/session')).body.error.code).toBe('session.missing');
  });
});

describe('roles', () => {
  test.each(roleSchema.options)('%s does the work of that role and no more', async (role) => {
    const { body } = await owner.post('/api/people', { name: role, email: `${role}@example.com`, role });
    const person = await signInByLink(server.url, body.link);
    for (const route of routes.filter(({ needs }) => needs !== undefined)) {
      // A request that is let in fails later, at its empty body or its unknown id; signing out is not among these.
      const { status, body } = await person.call(
        route.method,
        addressOf(route),
        route.method === 'GET' ? undefined : { wrong: true },
      );
      const refused = body?.error?.code === 'session.not-allowed';
      expect([route.name, refused, refused ? status : 403]).toEqual([
        route.name,
        !mayActAs(role, needed(route)),
        403,
      ]);
    }
  });

  test('an owner does everything, and everybody reads', () => {
    for (const role of roleSchema.options) {
      expect(mayActAs('owner', role)).toBe(true);
      expect(mayActAs(role, 'analyst')).toBe(true);
    }
  });

  const needed = ({ needs }: ApiRoute): Role => needs ?? 'owner';
});

describe('pages of other sites', () => {
  const post = (headers: Record<string, string>) =>
    owner.call('POST', '/api/sending', { stopped: false }, headers);

  test.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site' },
  ])('are refused: %j', async (headers) => {
    const { status, body } = await post(headers);
    expect([status, body.error.code]).toEqual([403, 'request.other-origin']);
  });

  test('our own pages and programs are not', async () => {
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(204);
    expect((await post({ origin: server.url })).status).toBe(204);
    expect((await post({})).status).toBe(204);
  });

  test('may link to us', async () => {
    expect(
      (await owner.call('GET', '/api/session', undefined, { 'sec-fetch-site': 'cross-site' })).status,
    ).toBe(200);
  });
});

describe('what the API says of itself', () => {
  test('every route says what it takes and gives', () => {
    expect(routes.filter(({ spec }) => !spec).map(({ name }) => name)).toEqual([]);
  });

  test('its document names every route, and every code it may refuse with is well formed', async () => {
    const { body } = await new ApiClient(server.url).get('/api/docs-json');
    const documented = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(documented.sort()).toEqual(
      [...routes.map(({ name }) => name), 'POST /in/:gateway/:key', 'POST /in/:gateway/:key/dlr'].sort(),
    );
    const code = problemBodySchema.shape.error.shape.code;
    for (const { spec } of routes) {
      for (const one of Object.values(spec?.refuses ?? {}).flat())
        expect(code.safeParse(one).success).toBe(true);
    }
    const ids = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('its page loads nothing that the security policy forbids', async () => {
    const page = await new ApiClient(server.url).get('/api/docs');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/<script>|<style>|https?:/);
    for (const [, path] of page.text.matchAll(/(?:src|href)="(\/api[^"]+)"/g)) {
      expect((await new ApiClient(server.url).get(path ?? '')).status).toBe(200);
    }
  });
});

test('every entity fits its table', async () => {
  const source = server.app.get(DataSource);
  expect(source.entityMetadatas.length).toBeGreaterThan(10);
  for (const { target } of source.entityMetadatas) await source.getRepository(target).find({ take: 1 });
});

test('figures are given to the private network only', async () => {
  const near = await owner.get('/metrics');
  expect(near.text).toContain('process_cpu_user_seconds_total');
  const far = await owner.call('GET', '/metrics', undefined, { 'x-forwarded-for': '203.0.113.9' });
  expect([far.status, far.body.error.code]).toEqual([403, 'metrics.not-from-here']);
});

test('health tells whether the database answers', async () => {
  const stranger = new ApiClient(server.url);
  expect((await stranger.get('/health')).body).toEqual({ status: 'ok' });
  expect((await stranger.get('/health/live')).body).toEqual({ status: 'ok' });
});

/** The paths of Fastify's tree of routes, each of whose levels is four characters further to the right. */
function pathsOf(tree: string): string[] {
  const parts: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^(.*)[└├]── (\S+)( \()?/.exec(line);
    if (!found) return [];
    const [, indent = '', part = '', answers] = found;
    parts.length = indent.length / 4;
    parts.push(part);
    return answers ? [parts.join('')] : [];
  });
}
