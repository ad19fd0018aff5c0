import { ApiClient, signInAsOwner } from '../support/api-client.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;
const clock = new ManualClock();

beforeAll(async () => {
  server = await startTestServer({ clock });
  owner = await signInAsOwner(server);
});
afterAll(() => server.close());

test('the owner is signed in by a one-time link', async () => {
  const { status, body } = await owner.get('/api/session');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    role: 'owner',
    person: { hasPassword: false },
    workspace: { sendingStopped: false },
  });
});
