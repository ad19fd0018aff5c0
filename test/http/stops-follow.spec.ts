import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LedgerCheck } from '#server/consent/ledger-check.ts';
import { LedgerRepository } from '#server/consent/ledger.repository.ts';
import { SenderAddresses1763000000033 } from '#server/migrations/0033-sender-addresses.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const CLUB = '12345';
const OTHER = '54321';
let server: TestServer;
let owner: ApiClient;
let club: string;
let bakery: string;
let gatewayId: string;
/** Where the gateway posts texts. */
let door: string;
let people = 0;
const person = (): string => `+4477009${String(30_000 + ++people)}`;

const senders = async (): Promise<{ id: string; address: string; program: { id: string } }[]> =>
  (await owner.get('/api/senders')).body;
const idAt = async (address: string): Promise<string> =>
  (await senders()).find((one) => one.address === address)?.id ?? 'none';
const saved = (address: string, programId: string, more: object = {}) => ({
  address,
  kind: 'short-code',
  country: 'GB',
  gatewayId,
  programId,
  ...more,
});

interface Answer {
  status: number;
  body: { error?: { code: string; place?: string; message: string } };
}
const outcome = ({ status, body }: Answer) =>
  body?.error ? [status, body.error.code, body.error.place ?? null] : [status];

const add = async (...one: Parameters<typeof saved>) =>
  outcome(await owner.post('/api/senders', saved(...one)));
const change = async (address: string, ...to: Parameters<typeof saved>) =>
  outcome(await owner.patch(`/api/senders/${await idAt(address)}`, saved(...to)));
const remove = async (address: string) => outcome(await owner.delete(`/api/senders/${await idAt(address)}`));

/** What comes back from whom when somebody texts a number. */
async function texts(from: string, to: string, text: string): Promise<{ status: string; from: string[] }> {
  const { body } = await owner.post(door, { from, to, text });
  return { status: body.status, from: body.replies.map((reply: { from: string }) => reply.from) };
}

/** Somebody who said STOP to the club's number. */
async function whoStopped(): Promise<string> {
  const who = person();
  await texts(who, CLUB, 'STOP');
  return who;
}

const comesBack = async (who: string): Promise<unknown> => {
  const { address } = (await senders()).find(({ program }) => program.id === club) ?? { address: 'none' };
  return texts(who, address, 'START');
};

const stoppedWith = async (who: string): Promise<string[]> =>
  (
    await server.database.source.query<{ name: string }[]>(
      `select p.name from consents s join programs p on s.scope = 'program:' || p.id join contacts c on c.id = s.contact_id
       where c.phone = $1 and s.state = 'stopped'`,
      [who],
    )
  ).map(({ name }) => name);

beforeAll(async () => {
  server = await startTestServer();
  owner = await signInAsOwner(server);
  const program = (name: string) =>
    owner.post('/api/programs', { name, brand: name, contact: 'help@example.com' });
  club = (await program('Club')).body.id;
  bakery = (await program('Bakery')).body.id;
  gatewayId = (await owner.post('/api/gateways', { name: 'Carrier', kind: 'simulated' })).body.id;
  door = (await owner.get('/api/gateways')).body[0].inboundPath;
  expect([await add(CLUB, club), await add(OTHER, club)]).toEqual([[201], [201]]);
});
afterAll(() => server.close());

const KEPT = [409, 'sender.in-use'];

describe('a STOP is to an address', () => {
  test('which comes back to no other program, however that is tried', async () => {
    const who = await whoStopped();
    expect(await change(CLUB, CLUB, bakery)).toEqual([...KEPT, 'programId']);
    expect(await remove(CLUB)).toEqual([204]);
    expect(await add(CLUB, bakery)).toEqual([...KEPT, 'programId']);
    expect(await add('1-2345', bakery)).toEqual([...KEPT, 'programId']);
    expect(await add('777', bakery)).toEqual([201]);
    expect(await change('777', CLUB, bakery)).toEqual([...KEPT, 'address']);
    // Nor is it freed by giving its sender another number first.
    expect(await add(CLUB, club)).toEqual([201]);
    expect(await change(CLUB, '12346', club)).toEqual([204]);
    expect(await add(CLUB, bakery)).toEqual([...KEPT, 'programId']);
    expect(await change('12346', CLUB, club)).toEqual([204]);
    expect(await stoppedWith(who)).toEqual(['Club']);
    await comesBack(who);
  });

  test('and to a name, however it is written', async () => {
    const who = await whoStopped();
    const named = { kind: 'alphanumeric' };
    expect(await add('Bluebird', club, named)).toEqual([201]);
    expect(await remove('Bluebird')).toEqual([204]);
    expect(await add('BLUE BIRD', bakery, named)).toEqual([...KEPT, 'programId']);
    await comesBack(who);
    expect(await add('BLUE BIRD', bakery, named)).toEqual([201]);
    expect(await remove('BLUE BIRD')).toEqual([204]);
  });

  test('which is free once nobody is stopped any more, and of what its old program hears later', async () => {
    expect(await remove(CLUB)).toEqual([204]);
    expect(await add(CLUB, bakery)).toEqual([201]);
    await server.database.source.query(`update sender_addresses set until = until - interval '1 day'`);
    const who = person();
    await texts(who, OTHER, 'STOP');
    expect(await remove(CLUB)).toEqual([204]);
    expect(await add(CLUB, bakery)).toEqual([201]);
    expect(await remove(CLUB)).toEqual([204]);
    expect(await add(CLUB, club)).toEqual([201]);
    await comesBack(who);
  });

  test('is heard there when it is no sender any more, and counts when it is one again', async () => {
    const [who, other] = [person(), person()];
    expect(await remove(CLUB)).toEqual([204]);
    await server.database.source.query(
      `update sender_addresses set until = until - interval '1 day' where until is not null`,
    );
    expect(await texts(who, CLUB, 'Stop. Thank you')).toEqual({ status: 'decided', from: [OTHER] });
    expect(await stoppedWith(who)).toEqual(['Club']);
    expect(await texts(other, CLUB, 'JOIN')).toEqual({ status: 'set-aside', from: [] });
    expect(await add(CLUB, bakery)).toEqual([...KEPT, 'programId']);
    expect(await add(CLUB, club)).toEqual([201]);
    await comesBack(who);
  });

  test('also where the address was gone before anybody kept which it had been', async () => {
    const who = await whoStopped();
    expect(await remove(CLUB)).toEqual([204]);
    const [runner, migration] = [
      server.database.source.createQueryRunner(),
      new SenderAddresses1763000000033(),
    ];
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    expect(await add(CLUB, bakery)).toEqual([...KEPT, 'programId']);
    expect(await add(CLUB, club)).toEqual([201]);
    await comesBack(who);
  });

  test('is heard through another gateway than its sender’s', async () => {
    const made = await owner.post('/api/gateways', { name: 'New carrier', kind: 'simulated' });
    const who = person();
    expect(await change(CLUB, CLUB, club, { gatewayId: made.body.id })).toEqual([204]);
    expect(await texts(who, CLUB, 'STOP')).toMatchObject({ status: 'decided' });
    expect(await stoppedWith(who)).toEqual(['Club']);
    expect(await change(CLUB, CLUB, club)).toEqual([204]);
  });
});

test('a text that was set aside before a STOP takes it back no more when it is read', async () => {
  const who = person();
  const { body: aside } = await owner.post(door, {
    from: who,
    to: '12399',
    text: 'START',
  });
  expect(aside.status).toBe('set-aside');
  await texts(who, CLUB, 'STOP');
  expect(await add('12399', club)).toEqual([201]);
  expect((await owner.post(`/api/messages/${aside.id}/replay`)).status).toBe(204);
  expect(await stoppedWith(who)).toEqual(['Club']);
  const { explanation } = (await owner.get(`/api/messages/${aside.id}`)).body;
  expect([explanation.rule, explanation.replies]).toEqual([
    expect.stringMatching(/^It was read after a later text/),
    [],
  ]);
});

test('a text that may be a STOP keeps its program a number until it is read', async () => {
  const who = person();
  expect(await add('888', bakery)).toEqual([201]);
  await remove('777');
  await texts(who, '888', 'not interested');
  // Another number of the program will do.
  expect([await add('889', bakery), await remove('889')]).toEqual([[201], [204]]);
  expect(await remove('888')).toEqual([...KEPT, null]);
  await texts(who, '888', 'STOP');
  expect(await remove('888')).toEqual([204]);
});

test('nobody who agreed to something is forgotten where no number is left to take that back', async () => {
  const phone = person();
  await owner.post('/api/lists', { key: 'news', name: 'News', optIn: 'single' });
  const consent = {
    list: 'news',
    basis: 'express',
    how: 'Yes, text me.',
    on: '2026-01-31',
    where: 'Leeds shop',
  };
  expect(
    (await owner.post('/api/contacts/import', { rows: [{ phone }], country: 'GB', consent })).status,
  ).toBe(200);
  for (const { address } of await senders()) expect(await remove(address)).toEqual([204]);
  const [{ id }] = (await owner.get(`/api/contacts?search=${encodeURIComponent(phone)}`)).body.items;
  const erase = async () => outcome(await owner.delete(`/api/contacts/${id}`));
  expect(await erase()).toEqual([409, 'contact.no-sender', null]);
  expect(await add(CLUB, club)).toEqual([201]);
  expect(await erase()).toEqual([204]);
  const [workspaceId = ''] = await server.app.get(LedgerRepository).workspaces();
  expect((await server.app.get(LedgerCheck).verify(workspaceId)).broken).toBeNull();
});
