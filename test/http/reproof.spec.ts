import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { proveInWorlds } from '#server/flows/proving/prove-in-worlds.ts';
import { Prover } from '#server/flows/proving/prover.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { publishDraft } from '../support/publish-draft.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
  await owner.post('/api/lists', { key: 'tea', name: 'Tea', optIn: 'single' });
});
afterAll(() => server?.close());

const prover = () => server.app.get(Prover);

/** Joins a list with one text, and sends what its people agreed to. */
const tea = lineFlow(
  'TEA',
  ['subscribe', { list: 'tea' }, 'next'],
  ['message', { text: 'Tea is half price. STOP to end.', purpose: 'marketing', list: 'tea' }, 'next'],
);

const published = async (definition: object & { name: string }): Promise<string> => {
  const { id } = (await owner.post('/api/flows', { name: definition.name, definition })).body;
  expect((await publishDraft(owner, id)).status).toBe(204);
  return id;
};
const list = (optIn: 'single' | 'double', name = 'Tea') =>
  owner.patch('/api/lists/tea', { key: 'tea', name, optIn });

/** Does something while every proof says whether somebody holds the workspace. */
async function underNoLock(change: () => Promise<unknown>): Promise<number> {
  const held: unknown[][] = [];
  const prove = jest.spyOn(prover(), 'prove').mockImplementation(async (task) => {
    held.push(await server.database.source.query(WORKSPACES_LOCKED));
    return proveInWorlds(task);
  });
  await change();
  prove.mockRestore();
  expect(held.flat()).toEqual([]);
  return held.length;
}
const WORKSPACES_LOCKED = `select id from workspaces except select id from (select id from workspaces for no key update skip locked) free`;

describe('what is live is proved again', () => {
  let flow: string;
  const status = (wish: string) => owner.patch(`/api/flows/${flow}`, { status: wish });

  test('when a list that it asks about gets other terms', async () => {
    flow = await published(tea);
    expect((await list('single', 'Tea time')).status).toBe(204);
    const { status: refused, body } = await list('double');
    expect([refused, body.error.code]).toEqual([422, 'flow.would-break']);
    expect(body.error.message).toMatch(/^“TEA” is live and could not be published like this: .*not agreed/);
    expect(body.error.issues[0].conversation).toContain('> TEA');
    const lists: { key: string; optIn: string; name: string }[] = (await owner.get('/api/lists')).body;
    expect(lists.find(({ key }) => key === 'tea')).toMatchObject({ optIn: 'single', name: 'Tea time' });
  });

  test('before anybody is kept waiting', async () => {
    const changed = async () => expect((await list('single', 'Tea at five')).status).toBe(204);
    expect(await underNoLock(changed)).toBe(0);
    const { status: refused } = await list('double');
    expect(refused).toBe(422);
    expect(await underNoLock(() => list('double'))).toBeGreaterThan(0);
  });

  test('when it is resumed after they have changed', async () => {
    expect((await status('paused')).status).toBe(204);
    expect((await list('double')).status).toBe(204);
    const { status: refused, body } = await status('live');
    expect([refused, body.error.code]).toEqual([422, 'flow.not-publishable']);
    expect(body.error.issues.map(({ code }: { code: string }) => code)).toContain('marketing.unanswered');
    expect((await list('single')).status).toBe(204);
    expect((await status('live')).status).toBe(204);
  });

  test('when it is resumed: what has become doubtful meanwhile needs a reason, which its version keeps', async () => {
    const text = 'Textloom Demo: your table is kept. HELP for help, STOP to end.';
    const table = await published(lineFlow('TABLE', saying(text)));
    const set = (change: object) => owner.patch(`/api/flows/${table}`, change);
    const doubts = async () => (await owner.get(`/api/flows/${table}/versions`)).body[0].doubts;
    expect(await doubts()).toEqual([]);
    await set({ status: 'paused' });
    const [{ id, ...program }] = (await owner.get('/api/programs')).body;
    const says = (frequency: string) => owner.patch(`/api/programs/${id}`, { ...program, frequency });
    expect((await says('4 msgs/month')).status).toBe(204);
    const { status: refused, body } = await set({ status: 'live' });
    expect([refused, body.error.code]).toEqual([422, 'flow.needs-reason']);
    const [{ code, finding }] = body.error.issues;
    const accepted = [{ code, place: finding.place, reason: 'It is said on paper.' }];
    expect((await set({ status: 'live', accepted })).status).toBe(204);
    expect(await doubts()).toMatchObject([{ code: 'text.first', reason: 'It is said on paper.' }]);
    await set({ status: 'paused' });
    expect((await set({ status: 'live' })).status).toBe(204);
    await says('');
  });

  test('when a sender that it listens on comes or becomes another', async () => {
    await published(lineFlow('REVOKE', saying('Your permit was taken back.')));
    const [sender] = (await owner.get('/api/senders')).body;
    const { address, kind, gateway, program } = sender;
    const save = { address, kind, gatewayId: gateway.id, programId: program.id };
    const changed = await owner.patch(`/api/senders/${sender.id}`, { ...save, country: 'US' });
    expect([changed.status, changed.body.error.code]).toEqual([422, 'flow.would-break']);
    const added = await owner.post('/api/senders', { ...save, address: '55555', country: 'US' });
    expect([added.status, added.body.error.code]).toEqual([422, 'flow.would-break']);
    expect(changed.body.error.place).toBe('country');
    expect((await owner.patch(`/api/senders/${sender.id}`, { ...save, country: 'GB' })).status).toBe(204);
    expect((await owner.get('/api/senders')).body).toMatchObject([{ country: 'GB' }]);
  });

  test('when a number becomes another that a keyword is bound to, or that people talk to', async () => {
    const [sender] = (await owner.get('/api/senders')).body;
    const { address, kind, country, gateway, program } = sender;
    const save = { address, kind, country, gatewayId: gateway.id, programId: program.id };
    const change = async (fields: object) => {
      const { status, body } = await owner.patch(`/api/senders/${sender.id}`, { ...save, ...fields });
      return [status, body?.error?.code, body?.error?.place, body?.error?.message];
    };
    const listening = lineFlow('HARBOUR', saying('The harbour is open.'));
    const [trigger] = listening.triggers;
    const onThis = { ...listening, triggers: [{ ...trigger, sender: address }] };
    const bound = await published(onThis);
    const refusal = `The keyword HARBOUR of “HARBOUR” is bound to ${address}. Pause that flow first.`;
    expect(await change({ address: '54321' })).toEqual([409, 'sender.in-use', 'address', refusal]);
    const named = { address: 'HARBOUR', kind: 'alphanumeric' };
    expect(await change(named)).toEqual([409, 'sender.in-use', 'address', refusal]);
    expect((await owner.delete(`/api/senders/${sender.id}`)).body.error.message).toBe(refusal);
    await owner.patch(`/api/flows/${bound}`, { status: 'paused' });
    await owner.post('/in/simulated/demo', { from: '+447700900654', to: address, text: 'JOIN' });
    const talking = `1 person is in a conversation on ${address}. Wait, or end those first.`;
    expect(await change({ address: '54321' })).toEqual([409, 'sender.in-use', 'address', talking]);
    await owner.post('/in/simulated/demo', { from: '+447700900654', to: address, text: 'STOP' });
    expect(await change({ address: '54321' })).toMatchObject([204]);
    expect(await change({})).toMatchObject([204]);
  });

  test('when the program of a sender speaks otherwise', async () => {
    await published(lineFlow('ARRET', saying('Your bus stop is closed.')));
    const [{ id, ...program }] = (await owner.get('/api/programs')).body;
    const save = (change: object) => owner.patch(`/api/programs/${id}`, { ...program, ...change });
    const { status: refused, body } = await save({ language: 'fr' });
    expect([refused, body.error.code]).toEqual([422, 'flow.would-break']);
    expect(body.error.message).toMatch(/^“ARRET” is live and could not be published like this: /);
    expect((await save({ contact: 'tea.example.com' })).status).toBe(204);
    expect((await owner.get('/api/programs')).body).toMatchObject([
      { language: 'en', contact: 'tea.example.com' },
    ]);
  });

  test('when the only number goes that can be answered', async () => {
    const [number] = (await owner.get('/api/senders')).body;
    const { country, gateway, program } = number;
    const setUp = { country, gatewayId: gateway.id, programId: program.id };
    const added = await owner.post('/api/senders', { ...setUp, address: 'TEAROOM', kind: 'alphanumeric' });
    expect(added.status).toBe(201);
    const removed = await owner.delete(`/api/senders/${number.id}`);
    expect([removed.status, removed.body.error.code]).toEqual([422, 'flow.would-break']);
    expect((await owner.delete(`/api/senders/${added.body.id}`)).status).toBe(204);
  });

  test('when a number that people said STOP to is to speak for another program', async () => {
    const [{ id, address, kind, country, gateway }] = (await owner.get('/api/senders')).body;
    await owner.post('/in/simulated/demo', { from: '+447700900655', to: address, text: 'STOP' });
    const [{ id: _, ...same }] = (await owner.get('/api/programs')).body;
    const { id: programId } = (await owner.post('/api/programs', same)).body;
    const save = { address: '56789', kind, country, gatewayId: gateway.id, programId };
    const { error } = (await owner.patch(`/api/senders/${id}`, save)).body;
    expect([error.code, error.place]).toEqual(['sender.in-use', 'programId']);
    expect(error.message).toMatch(/^\d people have said STOP to this program, /);
  });
});
