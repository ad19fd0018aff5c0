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

test('what happened can be looked up', async () => {
  const contacts = await owner.get('/api/contacts?search=07700+900001');
  expect(contacts.body).toMatchObject({
    total: 1,
    items: [{ phone: '+447700900001', lists: [{ key: 'news', state: 'confirmed' }] }],
  });
  const contact = await owner.get(`/api/contacts/${contacts.body.items[0].id}`);
  expect(contact.body.ledger).toMatchObject([{ scope: 'list:News', to: 'confirmed' }, { to: 'pending' }]);
  const messages = await owner.get('/api/messages');
  expect(messages.body.items.map(({ direction }: { direction: string }) => direction)).toEqual([
    'out',
    'in',
    'out',
    'in',
  ]);
  const join = await owner.get(`/api/messages/${messages.body.items[3].id}`);
  expect(join.body).toMatchObject({
    text: 'JOIN',
    explanation: { rule: expect.stringContaining('JOIN is a keyword of'), replies: [{ direction: 'out' }] },
  });
  expect(join.body.explanation.trails).toHaveLength(1);
  const runs = await owner.get('/api/runs');
  expect(runs.body.items).toMatchObject([{ status: 'ended', step: 'End' }]);
  const run = await owner.get(`/api/runs/${runs.body.items[0].id}`);
  expect(run.status).toBe(200);
  expect((await owner.get('/api/messages/export')).text).toContain('JOIN');
  expect((await owner.get('/api/contacts/export')).text).toContain('+447700900001');
  expect((await owner.get('/api/messages?search=yes')).body.items.map((m: any) => m.text)).toEqual([
    'yes',
    expect.stringContaining('YES'),
  ]);
});
