import { ApiClient, signInAsOwner, signInByLink } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  owner = await signInAsOwner(server);
});
afterAll(() => server.close());

const PROGRAM = { name: 'Club', brand: 'ACME', contact: 'help@example.com' };

describe('programs, gateways and senders', () => {
  test('are added, listed and changed', async () => {
    const program = await owner.post('/api/programs', PROGRAM);
    expect(program.status).toBe(201);
    const gateway = await owner.post('/api/gateways', {
      name: 'Carrier',
      kind: 'http',
      sendUrl: 'https://carrier.example/send',
      secret: 'hush',
    });
    expect(gateway.status).toBe(201);
    const sender = {
      address: '+44 7700 900123',
      kind: 'long-number',
      country: 'GB',
      gatewayId: gateway.body.id,
      programId: program.body.id,
    };
    const added = await owner.post('/api/senders', sender);
    expect(added.status).toBe(201);

    expect((await owner.get('/api/programs')).body).toMatchObject([
      { ...PROGRAM, language: 'en', helpText: '' },
    ]);
    expect((await owner.get('/api/gateways')).body).toEqual([
      {
        id: gateway.body.id,
        name: 'Carrier',
        kind: 'http',
        inboundPath: expect.stringMatching(/^\/in\/http\/[\w-]{32}$/),
        sendUrl: 'https://carrier.example/send',
        signed: true,
      },
    ]);
    expect((await owner.get('/api/senders')).body).toMatchObject([
      { address: '+447700900123', gateway: { name: 'Carrier' }, program: { name: 'Club' } },
    ]);

    expect(
      (await owner.patch(`/api/programs/${program.body.id}`, { ...PROGRAM, brand: 'ACME Ltd' })).status,
    ).toBe(204);
    expect(
      (await owner.patch(`/api/gateways/${gateway.body.id}`, { name: 'Carrier 2', kind: 'http', secret: '' }))
        .status,
    ).toBe(204);
    expect((await owner.get('/api/gateways')).body).toMatchObject([
      { name: 'Carrier 2', sendUrl: null, signed: true },
    ]);
    expect(
      (
        await owner.patch(`/api/senders/${added.body.id}`, {
          ...sender,
          address: '12345',
          kind: 'short-code',
        })
      ).status,
    ).toBe(204);
    expect((await owner.delete(`/api/senders/${added.body.id}`)).status).toBe(204);
    expect((await owner.get('/api/senders')).body).toEqual([]);
  });
});
