import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sign } from '#server/gateways/http/signature.ts';
import { OutboxService } from '#server/outbound/outbox.service.ts';
import { Receipts } from '#server/outbound/receipts/receipts.service.ts';
import { Replays } from '#server/messages/replays.ts';
import { accept, type Behaviour, FarEnd } from '../db/support/far-end.ts';
import { template } from '../db/support/flows.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';

const SECRET = 'whsec_c2VjcmV0LXNlY3JldA==';
const PERSON = '+12025550123';

let server: TestServer;
let farEnd: FarEnd;
let workspace: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

beforeEach(async () => {
  farEnd = await FarEnd.open();
  workspace = await createWorkspace(server.database.source, {
    flows: [template('double-opt-in')],
    lists: { news: 'double' },
    gateway: { kind: 'http', config: { sendUrl: farEnd.url, secret: SECRET } },
  });
});
afterEach(() => farEnd.close());

/** Posts as the carrier does, signed. */
async function post(path: string, body: unknown, signature?: string) {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const response = await fetch(server.url + workspace.door + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'id',
      'webhook-timestamp': timestamp,
      'webhook-signature': signature ?? sign(SECRET, 'id', timestamp, text),
    },
    body: text,
  });
  return { status: response.status, body: await response.json() };
}

const report = (body: unknown) => post('/dlr', body);

/** Somebody joins; resolves when the far end has the question. */
async function joins(behaviour: Behaviour = accept): Promise<string> {
  farEnd.behaviour = behaviour;
  expect((await post('', { from: PERSON, to: '12345', text: 'JOIN', id: 'mo-1' })).status).toBe(200);
  await until(() => farEnd.received.length > 0);
  return farEnd.received[0]?.body.id ?? '';
}

async function stored(id: string): Promise<{ status: string; reason: string | null; queued: boolean }> {
  const [row] = await server.database.source.query(
    `select m.status, m.reason, exists (select 1 from outbox o where o.message_id = m.id) as queued
     from outbound m where m.workspace_id = $1 and m.id = $2`,
    [workspace.id, id],
  );
  return row;
}

const settled = (id: string) => until(async () => (await stored(id)).status === 'sent');

describe('a delivery report', () => {
  test('tells that a text arrived, by the carrier’s id', async () => {
    const id = await joins();
    await settled(id);
    expect(await report({ id: `far-${id}`, status: 'delivered' })).toEqual({
      status: 200,
      body: { accepted: 1 },
    });
    expect(await stored(id)).toMatchObject({ status: 'delivered', reason: null });
  });

  test('that a text did not arrive says why, and ends its conversation as not reached', async () => {
    const id = await joins();
    await settled(id);
    await report({ id: `far-${id}`, status: 'undelivered', code: 30003, reason: 'Unreachable handset' });
    expect(await stored(id)).toMatchObject({
      status: 'failed',
      reason: 'The carrier did not deliver it: 30003 Unreachable handset.',
    });
    await until(async () => {
      const [run] = await server.database.source.query('select outcome from runs where workspace_id = $1', [
        workspace.id,
      ]);
      return run.outcome === 'not-reached';
    });
  });

  test('counts once and in any order: the first final one stands', async () => {
    const id = await joins();
    await settled(id);
    await report([
      { id: `far-${id}`, status: 'delivered' },
      { id: `far-${id}`, status: 'delivered' },
    ]);
    await report({ id: `far-${id}`, status: 'accepted' });
    await report({ id: `far-${id}`, status: 'failed' });
    await report({ id: `far-${id}`, status: 'delivered' });
    expect(await stored(id)).toMatchObject({ status: 'delivered' });
    const rows = await server.database.source.query(
      'select status from receipts where workspace_id = $1 order by status',
      [workspace.id],
    );
    expect(rows).toEqual([{ status: 'accepted' }, { status: 'delivered' }, { status: 'failed' }]);
  });

  test('that comes before the send’s own answer is kept until the id is known', async () => {
    let release = (): void => undefined;
    const id = await joins((response, received) => {
      release = () => void accept(response, received);
    });
    expect((await report({ id: `far-${id}`, status: 'delivered' })).status).toBe(200);
    expect(await stored(id)).toMatchObject({ status: 'queued' });
    release();
    await until(async () => (await stored(id)).status !== 'queued');
    await server.app.get(Receipts).workDue();
    // The server's own round may have it in hand.
    await until(async () => (await stored(id)).status === 'delivered');
    expect(await stored(id)).toMatchObject({ queued: false });
  });

  test('by our own id counts at once; an answer that is lost afterwards sends nothing again', async () => {
    let cut = (): void => undefined;
    const id = await joins((response) => {
      cut = () => void response.socket?.destroy();
    });
    await report({ messageId: id, status: 'delivered' });
    expect(await stored(id)).toMatchObject({ status: 'delivered', queued: false });
    cut();
    await server.app.get(OutboxService).sendDue();
    expect(await stored(id)).toMatchObject({ status: 'delivered', queued: false });
    expect(farEnd.received).toHaveLength(1);
  });

  test('about a text nobody knows is kept, and so is a word nobody knows', async () => {
    expect((await report({ id: 'nobody', status: 'enchanted', reason: 'why\u0000not' })).status).toBe(200);
    const rows = await server.database.source.query(
      'select reference, status, message_id from receipts where workspace_id = $1',
      [workspace.id],
    );
    expect(rows).toEqual([{ reference: 'nobody', status: 'unknown', message_id: null }]);
  });

  test('of one carrier moves no text of another', async () => {
    const id = await joins();
    await settled(id);
    workspace = await createWorkspace(server.database.source, {
      gateway: { kind: 'http', config: { secret: SECRET } },
    });
    await report({ messageId: id, status: 'failed' });
    const rows = await server.database.source.query('select status from outbound where id = $1', [id]);
    expect(rows).toEqual([{ status: 'sent' }]);
  });

  test('that says the person has stopped the sender is mirrored', async () => {
    const id = await joins();
    await settled(id);
    await report({ id: `far-${id}`, status: 'undelivered', code: 21610 });
    await until(async () => {
      const rows = await server.database.source.query(
        `select because from consents where workspace_id = $1 and scope like 'program:%' and state = 'stopped'`,
        [workspace.id],
      );
      return rows[0]?.because === 'gateway';
    });
  });

  test('by our own id counts again once the text was sent again', async () => {
    const id = await joins();
    await settled(id);
    await report({ messageId: id, status: 'failed', reason: 'First' });
    expect(await stored(id)).toMatchObject({ status: 'failed' });
    expect(await server.app.get(Replays).replay(workspace.id, id)).toBe(true);
    await settled(id);
    // A far end that knows the first key would send nothing again.
    const keys = farEnd.received.map(({ headers }) => headers['webhook-id']);
    expect(keys).toEqual([id, expect.stringMatching(`^${id}-\\d+$`)]);
    const before = new Date(Date.now() - 60_000).toISOString();
    await report({ messageId: id, status: 'failed', reason: 'First', at: before });
    expect(await stored(id)).toMatchObject({ status: 'sent' });
    await report({ messageId: id, status: 'failed', reason: 'Second' });
    expect(await stored(id)).toMatchObject({
      status: 'failed',
      reason: 'The carrier did not deliver it: Second.',
    });
  });

  test('tells in which network the person is', async () => {
    const id = await joins();
    await settled(id);
    await report({ id: `far-${id}`, status: 'accepted', network: '310-260' });
    await report({ id: `far-${id}`, status: 'delivered', network: 'nowhere' });
    const rows = await server.database.source.query(
      'select network from contact_networks where workspace_id = $1',
      [workspace.id],
    );
    expect(rows).toEqual([{ network: '310260' }]);
  });

  test('is refused without a signature that fits, an id or a known key', async () => {
    expect((await post('/dlr', { id: 'x', status: 'delivered' }, 'v1,wrong')).status).toBe(403);
    expect((await report({ status: 'delivered' })).body.error.code).toBe('receipt.shape');
    const response = await fetch(`${server.url}/in/http/nobody/dlr`, { method: 'POST' });
    expect(response.status).toBe(404);
  });
});

test('reports that flood are refused past what can be stored, those of other carriers still are not', async () => {
  const { source } = server.database;
  const other = await createWorkspace(source, { gateway: { kind: 'http' } });
  const take = ({ id: workspaceId, gatewayId: id }: TestWorkspace, n: number) =>
    server.app.get(Receipts).take(
      { id, workspaceId, kind: 'http', config: {} },
      Array.from({ length: 1_000 }, (_, at) => ({
        ...{ gatewayMessageId: `flood-${n}-${at}`, messageId: null, status: 'delivered' as const },
        ...{ detail: null, at: null, blocked: false, network: null },
      })),
    );
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await runner.query('lock table receipts');
  const taken = Array.from({ length: 10 }, (_, n) => take(workspace, n));
  await expect(take(workspace, 10)).rejects.toMatchObject({ status: 503, code: 'receipt.overloaded' });
  const others = take(other, 0);
  await runner.rollbackTransaction();
  await runner.release();
  await Promise.all([...taken, others]);
  await take(workspace, 10);
});
