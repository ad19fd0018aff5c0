import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { register } from 'prom-client';
import { LaneConnection } from '#server/database/lane-connection.ts';
import { BatchDecider } from '#server/inbound/batch.ts';
import { keepLogged } from '#server/inbound-log/log-batch.ts';
import { template } from './support/flows.ts';
import { type HotPath, phoneOf } from './support/hot-path.ts';
import { queueText } from './support/queue-text.ts';
import { SENDER } from '../support/phone-stage.ts';
import { textWork } from './support/text-work.ts';
import { stageTexting } from './support/texting-stage.ts';

const person = phoneOf(7);
/** What the database refuses in a test: a row of this table, and which. */
const REFUSALS: Readonly<Record<string, string>> = {
  'the text once it is decided': `inbound when (new.status = 'decided')`,
  'the text, whatever becomes of it': 'inbound',
  'what it is the evidence of':
    'consent_ledger when (new.message_id is not null and new.scope like $$list:%$$)',
  'all consent': 'consents',
};

const stage = stageTexting(
  () => ({
    flows: [template('double-opt-in')],
    lists: { news: 'double' },
    gateway: { kind: 'simulated', config: { partsSeconds: 60 } },
  }),
  // Nobody's night.
  { at: '2026-06-10T16:00:00Z' },
);

beforeAll(() =>
  stage.source.query(`create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'no' using errcode = '23514'; end $$`),
);
beforeEach(async () => {
  for (const text of ['JOIN', 'YES']) await stage.path.says(person, text);
  await settled();
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const table of ['inbound', 'consent_ledger', 'consents'])
    await stage.source.query(`drop trigger if exists refuse on ${table}`);
});

async function refusing(...what: readonly string[]): Promise<void> {
  for (const one of what) {
    const [table, when = ''] = (REFUSALS[one] ?? '').split(/(?<=^\w+) /);
    await stage.source.query(
      `create trigger refuse before insert or update on ${table} for each row ${when.replaceAll('$$', "'")} execute function refuse()`,
    );
  }
}

/** Sends what may go. */
async function settled(): Promise<void> {
  while ((await stage.path.outbox.sendDue()) > 0);
}

/** Queues what sells and a one-time code, and sends them after that has happened. Returns what they came to. */
async function sentAfter(happening: () => Promise<unknown>): Promise<Record<string, string>> {
  const at = stage.clock.now();
  const to = person;
  await queueText(stage.source, stage.workspace, { to, text: 'offer', purpose: 'marketing', at });
  await queueText(stage.source, stage.workspace, { to, text: 'code', purpose: 'code', at });
  await happening();
  await settled();
  const rows: { text: string; status: string }[] = await stage.source.query(
    `select text, status from outbound where workspace_id = $1 and text in ('offer', 'code')`,
    [stage.workspace.id],
  );
  return Object.fromEntries(rows.map(({ text, status }) => [text, status]));
}

/** How the person stands to the program and to the list. */
async function standing(): Promise<(string | undefined)[]> {
  const rows: { scope: string; state: string }[] = await stage.source.query(
    'select scope, state from consents where workspace_id = $1',
    [stage.workspace.id],
  );
  return ['program:', 'list:'].map((kind) => rows.find(({ scope }) => scope.startsWith(kind))?.state);
}

/** The consents whose last entry of the ledger is another than they say. */
const headless = (): Promise<unknown[]> =>
  stage.source.query(
    `select c.scope from consents c where c.workspace_id = $1 and not exists (
       select from consent_ledger l where l.contact_id = c.contact_id and l.scope = c.scope and l.hash = c.head)`,
    [stage.workspace.id],
  );

function deciderOf({ inbound }: HotPath): BatchDecider {
  const decider: unknown = Reflect.get(inbound, 'decider');
  if (!(decider instanceof BatchDecider)) throw new Error('Nobody decides here.');
  return decider;
}

const unheeded = async (): Promise<number> =>
  (await register.getSingleMetric('textloom_stop_unheeded_total')?.get())?.values[0]?.value ?? 0;

describe('a text that the database refuses', () => {
  test.each(['STOP', 'Stop. Thank you'])('stops its person all the same where it says %s', async (text) => {
    await refusing('the text once it is decided');
    const sent = await sentAfter(async () =>
      expect(await stage.path.says(person, text)).toMatchObject({
        status: 'set-aside',
        reason: expect.stringMatching(/the person is stopped/),
        replies: [],
      }),
    );
    expect(sent).toEqual({ offer: 'cancelled', code: 'cancelled' });
    expect(await standing()).toEqual(['stopped', 'revoked']);
    expect(await headless()).toEqual([]);
  });

  test('holds back what needs consent where it may be a STOP, until somebody has read it', async () => {
    await refusing('the text once it is decided');
    const sent = await sentAfter(async () =>
      expect(await stage.path.says(person, 'not interested')).toMatchObject({
        status: 'set-aside',
        reason: expect.stringMatching(/read them in the Inbox/),
      }),
    );
    expect(sent).toEqual({ offer: 'queued', code: 'delivered' });
    expect(await standing()).toEqual(['frozen', 'confirmed']);
    expect(await reviews()).toEqual([{ words: 'not interested' }]);
  });

  test('and says nothing of the kind keeps nothing from its person', async () => {
    await refusing('the text once it is decided');
    expect(await sentAfter(() => stage.path.says(person, 'hello'))).toEqual({
      offer: 'delivered',
      code: 'delivered',
    });
    expect(await standing()).toEqual([undefined, 'confirmed']);
  });

  test('stops its person though the evidence is refused as well', async () => {
    await refusing('the text once it is decided', 'what it is the evidence of');
    const sent = await sentAfter(() => stage.path.says(person, 'STOP'));
    expect(sent).toEqual({ offer: 'cancelled', code: 'cancelled' });
    expect(await standing()).toEqual(['stopped', 'confirmed']);
    expect(await headless()).toEqual([]);
  });

  test('stops its person though it cannot even be stored, and is not acknowledged', async () => {
    await refusing('the text, whatever becomes of it');
    const sent = await sentAfter(() =>
      expect(stage.path.says(person, 'STOP')).rejects.toThrow(/out of reach/),
    );
    expect(sent).toEqual({ offer: 'cancelled', code: 'cancelled' });
    expect(await standing()).toEqual(['stopped', 'revoked']);
  });

  test('stops its person though it stays in the inbound log as it was', async () => {
    await refusing('the text, whatever becomes of it');
    const { id: workspaceId, gatewayId } = stage.workspace;
    const work = textWork({
      workspaceId,
      gatewayId,
      phone: person,
      to: SENDER.address,
      text: 'STOP',
      at: stage.clock.now(),
    });
    const batch = { from: new Map(), entries: [{ partition: 3, seq: 1, work }] };
    const { hearing } = deciderOf(stage.path);
    const connection = new LaneConnection(stage.source);
    const sent = await sentAfter(() =>
      connection.transaction((client) => keepLogged(client, batch, { reason: 'no', ...hearing })),
    );
    await connection.drop();
    expect(sent).toEqual({ offer: 'cancelled', code: 'cancelled' });
    expect(await standing()).toEqual(['stopped', 'revoked']);
  });

  test('is said aloud where not even how its person stands can be written', async () => {
    await refusing('the text once it is decided', 'all consent');
    const before = await unheeded();
    expect(await stage.path.says(person, 'STOP')).toMatchObject({ status: 'set-aside' });
    expect(await unheeded()).toBe(before + 1);
  });

  test.each([
    ['STOP', ['stopped', 'revoked'], 0],
    ['not interested', ['frozen', 'confirmed'], 1],
  ])('%s is what it always was when it is read again', async (text, stands, read) => {
    await refusing('the text once it is decided');
    const { id } = await stage.path.says(person, text);
    await stage.source.query('drop trigger refuse on inbound');
    stage.clock.advance(60_000);
    const saidAt = stage.clock.now() - 60_000;
    expect(await stage.path.says(person, text, { id, stored: true, saidAt })).toMatchObject({
      status: 'decided',
    });
    expect(await standing()).toEqual(stands);
    expect(await reviews()).toHaveLength(read);
    expect(await headless()).toEqual([]);
  });
});

const reviews = (): Promise<unknown[]> =>
  stage.source.query('select words from consent_reviews where workspace_id = $1', [stage.workspace.id]);

describe('a text that the engine cannot decide', () => {
  beforeEach(async () => {
    const { senders } = await deciderOf(stage.path).hearing.worlds.current(stage.workspace.id);
    for (const { world } of senders.values())
      jest.spyOn(world.keywords, 'find').mockImplementation(() => {
        throw new Error('Nothing can be found here.');
      });
  });

  test.each([
    ['please stop texting me', { offer: 'cancelled', code: 'cancelled' }, ['stopped', 'revoked']],
    ['not interested', { offer: 'queued', code: 'delivered' }, ['frozen', 'confirmed']],
    ['hello', { offer: 'delivered', code: 'delivered' }, [undefined, 'confirmed']],
  ])('%s: is heeded', async (text, sent, stands) => {
    const said = async () =>
      expect(await stage.path.says(person, text)).toMatchObject({ status: 'set-aside' });
    expect(await sentAfter(said)).toEqual(sent);
    expect(await standing()).toEqual(stands);
    expect(await headless()).toEqual([]);
  });
});

test('a part that comes when the rest of its text was read is heeded', async () => {
  const part = (number: number, text: string) =>
    stage.path.says(person, text, { part: { reference: '7', number, total: 2, text } });
  await part(1, 'I have thought about it for long now, and this is what I think of it all: ');
  stage.clock.advance(61_000);
  await stage.path.longTexts.workDue();
  await stage.path.backlog.workDue();
  await settled();
  const sent = await sentAfter(async () =>
    expect(await part(2, 'please stop texting me')).toMatchObject({ status: 'set-aside' }),
  );
  expect(sent).toEqual({ offer: 'cancelled', code: 'cancelled' });
  expect(await standing()).toEqual(['stopped', 'revoked']);
});

describe('a text to a number that nobody here knows', () => {
  const to = '99999';

  test.each([
    ['STOP', { offer: 'queued', code: 'delivered' }, ['frozen', 'confirmed']],
    ['hello', { offer: 'delivered', code: 'delivered' }, [undefined, 'confirmed']],
  ])('%s: is for whoever texted the person last, as far as it may be a STOP', async (text, sent, stands) => {
    const said = async () =>
      expect(await stage.path.says(person, text, { to })).toMatchObject({ status: 'set-aside' });
    expect(await sentAfter(said)).toEqual(sent);
    expect(await standing()).toEqual(stands);
  });

  test('means nothing of somebody whom nobody has texted', async () => {
    const stranger = phoneOf(8);
    expect(await stage.path.says(stranger, 'STOP', { to })).toMatchObject({ status: 'set-aside' });
    expect(await reviews()).toEqual([]);
  });

  test('comes again where its person is held elsewhere', async () => {
    const holder = stage.source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('select from contacts where workspace_id = $1 for update', [stage.workspace.id]);
    const said = stage.path.says(person, 'STOP', { to, gatewayMessageId: 'a' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const claims = await stage.source.query('select from dedupe where workspace_id = $1', [
      stage.workspace.id,
    ]);
    await holder.rollbackTransaction();
    await holder.release();
    // Who heard of one would take the text for stored, also where this node had ended by then.
    expect(claims).toEqual([]);
    expect(await said).toMatchObject({ status: 'set-aside' });
    expect(await standing()).toEqual(['frozen', 'confirmed']);
  });
});
