import { afterEach, expect, test } from '@jest/globals';
import { Welcome } from '#server/common/welcome.ts';
import { FirstStart } from '#server/demo/first-start.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;

afterEach(() => server.close());

async function start(env: Record<string, string>): Promise<void> {
  server = await startTestServer({}, env);
  owner = await signInAsOwner(server);
}

test('the first start offers every template live on a short code, and the way in', async () => {
  await start({ DEMO: 'on' });
  const flows = (await owner.get('/api/flows')).body.items;
  expect(flows.map(({ name }: { name: string }) => name).sort()).toEqual(
    TEMPLATES.map(({ title }) => title).sort(),
  );
  for (const flow of flows) expect(flow).toMatchObject({ status: 'live', version: 1, changed: false });
  for (const { id } of flows) expect((await owner.get(`/api/flows/${id}`)).body.issues).toEqual([]);
  expect((await owner.get('/api/senders')).body).toMatchObject([
    { address: '12345', kind: 'short-code', country: 'GB' },
  ]);
  expect((await owner.get('/api/gateways')).body).toMatchObject([
    { kind: 'simulated', inboundPath: '/in/simulated/demo' },
  ]);
  expect((await owner.get('/api/keywords')).body).toHaveLength(TEMPLATES.length);
  expect((await server.app.get(Welcome).lines(server.url)).join('\n')).toContain('sign-in');

  const text = (words: string) =>
    owner.post('/in/simulated/demo', { from: '+447700900001', to: '12345', text: words });
  expect((await text('JOIN')).body).toMatchObject({
    status: 'decided',
    replies: [{ text: expect.stringContaining('YES') }],
  });
  expect((await text('yes')).body).toMatchObject({ status: 'decided', replies: [{ to: '+447700900001' }] });
  const part = (number: number, words: string) =>
    owner.post('/in/simulated/demo', {
      from: '+447700900002',
      to: '12345',
      text: words,
      part: { reference: 7, number, total: 2 },
    });
  expect((await part(2, 'IN')).body).toMatchObject({ status: 'pending', replies: [] });
  expect((await part(1, 'JO')).body).toMatchObject({
    status: 'decided',
    replies: [{ text: expect.stringContaining('YES') }],
  });
  expect((await owner.get('/api/lists')).body).toContainEqual(
    expect.objectContaining({ key: 'news', confirmed: 1 }),
  );
});

test('a second start changes nothing', async () => {
  await start({ DEMO: 'on' });
  await server.app.get(FirstStart).onApplicationBootstrap();
  expect((await owner.get('/api/flows')).body.total).toBe(TEMPLATES.length);
  expect((await owner.get('/api/people')).body).toHaveLength(1);
});

test('a server that the world can reach keeps the key of its demo to itself', async () => {
  await start({ DEMO: 'on', HOST: '0.0.0.0' });
  expect((await owner.get('/api/gateways')).body).toMatchObject([
    { inboundPath: expect.stringMatching(/^\/in\/simulated\/[\w-]{32}$/) },
  ]);
});

test('without a demo there is an owner in an empty workspace', async () => {
  await start({ DEMO: 'off' });
  expect((await owner.get('/api/session')).body).toMatchObject({
    role: 'owner',
    workspace: { name: 'My workspace' },
  });
  expect((await owner.get('/api/flows')).body).toEqual({ items: [], total: 0 });
  expect((await owner.get('/api/gateways')).body).toEqual([]);
});
