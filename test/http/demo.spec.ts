import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(() => server.close());

test('the first start offers a workspace with every template live', async () => {
  const { body } = await owner.get('/api/flows');
  expect(body.total).toBe(5);
  expect(body.items).toEqual(
    body.items.map(() => expect.objectContaining({ status: 'live', version: 1, changed: false })),
  );
});

test('texting JOIN to the demo joins with a double opt-in', async () => {
  const text = (words: string) =>
    owner.post('/in/simulated/demo', { from: '+447700900001', to: '12345', text: words });
  expect((await text('JOIN')).body).toMatchObject({
    status: 'decided',
    replies: [{ text: expect.stringContaining('YES') }],
  });
  expect((await text('yes')).body).toMatchObject({
    status: 'decided',
    replies: [{ text: expect.stringContaining('Textloom Demo') }],
  });
  expect((await owner.get('/api/lists')).body).toContainEqual(
    expect.objectContaining({ key: 'news', confirmed: 1 }),
  );
});
