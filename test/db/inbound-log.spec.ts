import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import { acceptedSchema } from '#shared/api/inbound.ts';
import { bootstrap, type RunningApp } from '#server/bootstrap.ts';
import { createLog } from '#server/common/log.ts';
import { completeSettings, readSettings } from '#server/config.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#server/database/embedded/embedded-postgres.ts';
import { THROWAWAY_SETTINGS } from '#server/database/embedded/settings.ts';
import { LogStream, type LogStreamOptions, STREAM } from '#server/inbound-log/log-stream.ts';
import { findNatsServer } from '../../scripts/nats.mjs';
import { SENDER } from '../support/phone-stage.ts';
import { startNats, type TestNats } from '../support/nats.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { counting } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';

const program = findNatsServer();
if (!program)
  console.warn('No nats-server was found or could be brought: the tests of the inbound log are left out.');
const whereNats = program ? describe : describe.skip;

const MOST = 60;
const folder = mkdtempSync(join(tmpdir(), 'textloom-log-'));
let postgres: EmbeddedPostgres;
let nats: TestNats;
let nodes: RunningApp[];
let workspace: TestWorkspace;
let source: DataSource;

/** A database of its own, because it is stopped in here. */
const startPostgres = () =>
  startEmbeddedPostgres({ dataDir: folder, settings: { ...THROWAWAY_SETTINGS, full_page_writes: 'on' } });

function startNode(): Promise<RunningApp> {
  const settings = readSettings({
    NODE_ENV: 'test',
    PORT: '0',
    DEMO: 'off',
    NATS_URL: nats.url,
    NATS_DURABILITY: 'unsafe',
    DATABASE_URL: postgres.url,
  });
  const secret = 'a secret that only tests know, long enough';
  return bootstrap(completeSettings(settings, { databaseUrl: postgres.url, secret }), {
    log: createLog(process.env.TEST_LOG_LEVEL === 'warn' ? 'warn' : 'silent'),
  });
}

/** Somebody texts, at this node; resolves to the answer. */
async function says(node: RunningApp | undefined, from: string, text: string, id?: string) {
  const response = await fetch(`${node?.url}${workspace.door}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, to: SENDER.address, text, ...(id && { id }) }),
  });
  const body: unknown = await response.json();
  return { status: response.status, body, accepted: acceptedSchema.safeParse(body).data };
}

/** The texts that were decided for these people, and what each was answered. */
async function heard(people: readonly string[]): Promise<Map<string, string[]>> {
  const rows: { phone: string; replies: string[] }[] = await source.query(
    `select c.phone, array_agg(o.text order by i.id, o.id) as replies from contacts c
       join inbound i on i.workspace_id = c.workspace_id and i.contact_id = c.id
       left join outbound o on o.workspace_id = i.workspace_id and o.cause_id = i.id
     where c.workspace_id = $1 and c.phone = any($2) group by c.phone`,
    [workspace.id, people],
  );
  return new Map(rows.map(({ phone, replies }) => [phone, replies]));
}

async function untilDecided(texts: number): Promise<void> {
  for (;;) {
    const [row]: { count: number }[] = await source.query(
      'select count(*)::int as count from inbound where workspace_id = $1',
      [workspace.id],
    );
    if ((row?.count ?? 0) >= texts) return;
    await sleep(20);
  }
}

/** What a person hears who begins to count and then says t0, t1, … */
const counted = (turns: number): string[] => [
  '0',
  ...Array.from({ length: turns }, (_, turn) => `${turn + 1} after t${turn}`),
];

whereNats('the inbound log', () => {
  let texts = 0;
  /** Waits until so many more texts are decided. */
  const more = (count: number): Promise<void> => {
    texts += count;
    return untilDecided(texts);
  };
  beforeAll(async () => {
    nats = await startNats(program ?? '');
    postgres = await startPostgres();
    nodes = [await startNode()];
    source = await createDataSource({ url: postgres.url }).initialize();
    workspace = await createWorkspace(source, { flows: [counting('COUNT', MOST)] });
  }, 60_000);
  afterAll(async () => {
    for (const node of nodes ?? []) await node.close();
    if (source?.isInitialized) await source.destroy();
    await postgres?.stop();
    await nats?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test('acknowledges a text before it is decided, and decides it soon', async () => {
    const { status, accepted } = await says(nodes[0], phoneOf(1), 'COUNT');
    expect([status, accepted?.status, accepted?.replies]).toEqual([200, 'pending', []]);
    await more(1);
    const [row] = await source.query('select id, status from inbound where workspace_id = $1', [
      workspace.id,
    ]);
    expect(row).toEqual({ id: accepted?.id, status: 'decided' });
  });

  test('gives a repeat the same answer, and decides it once', async () => {
    const first = await says(nodes[0], phoneOf(2), 'COUNT', 'same');
    const again = await says(nodes[0], phoneOf(2), 'COUNT', 'same');
    expect(again.accepted).toEqual({ ...first.accepted, duplicate: true });
    await more(1);
  });

  test('refuses nobody while the database is away, and decides each once and in order when it is back', async () => {
    const people = Array.from({ length: 12 }, (_, n) => phoneOf(100 + n));
    await Promise.all(people.map((person) => says(nodes[0], person, 'COUNT')));
    await more(people.length);
    await source.destroy();
    await postgres.stop();
    const turns = 8;
    const answers = await Promise.all(
      people.map(async (person) => {
        const statuses: number[] = [];
        for (let turn = 0; turn < turns; turn++)
          statuses.push((await says(nodes[0], person, `t${turn}`, `${person} ${turn}`)).status);
        return statuses;
      }),
    );
    expect(answers.flat().filter((status) => status !== 200)).toEqual([]);
    // The balancer goes on asking it.
    expect((await fetch(`${nodes[0]?.url}/health`)).status).toBe(200);
    postgres = await startPostgres();
    source = await createDataSource({ url: postgres.url }).initialize();
    await more(people.length * turns);
    const replies = await heard(people);
    expect([...replies.values()]).toEqual(people.map(() => counted(turns)));
  }, 120_000);

  test('sends nothing to a person whose STOP stands in it and is not decided yet', async () => {
    const person = phoneOf(150);
    const letSend = (sends: boolean) =>
      source.query('update workspaces set sending_stopped = $2 where id = $1', [workspace.id, !sends]);
    const unsent = async (): Promise<{ due: number }[]> =>
      source.query(
        `select extract(epoch from o.due_at)::float8 as due from outbox o join contacts c on c.workspace_id = o.workspace_id
           and c.id = o.contact_id where c.workspace_id = $1 and c.phone = $2`,
        [workspace.id, person],
      );
    await letSend(false);
    await says(nodes[0], person, 'COUNT');
    await more(1);
    const [queued] = await unsent();
    const holder = source.createQueryRunner();
    try {
      await holder.startTransaction();
      await holder.query('select from inbound_log for update');
      expect((await says(nodes[0], person, 'STOP')).accepted?.status).toBe('pending');
      await letSend(true);
      // It is looked at, and put back.
      while ((await unsent()).some(({ due }) => due === queued?.due)) await sleep(20);
      expect(await unsent()).toHaveLength(1);
    } finally {
      await holder.rollbackTransaction();
      await holder.release();
    }
    await more(1);
    const replies: { status: string }[] = await source.query(
      `select o.status from outbound o join contacts c on c.workspace_id = o.workspace_id and c.id = o.contact_id
       where c.workspace_id = $1 and c.phone = $2 order by o.id limit 1`,
      [workspace.id, person],
    );
    expect(replies).toEqual([{ status: 'cancelled' }]);
  }, 60_000);

  test('passes entries that it has decided before: a log may hold a text twice, or be read again', async () => {
    const first = await says(nodes[0], phoneOf(30), 'COUNT');
    const second = await says(nodes[0], phoneOf(30), 't0', 'with an id');
    await more(2);
    const stranger = await connect({ servers: nats.url });
    const manager = await jetstreamManager(stranger);
    const { state } = await manager.streams.info(STREAM);
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
      const entry = await manager.streams.getMessage(STREAM, { seq });
      const { id } = entry && entry.data.length > 0 ? entry.json<{ id: string }>() : { id: null };
      if (entry && (id === first.accepted?.id || id === second.accepted?.id))
        await jetstream(stranger).publish(entry.subject, entry.data);
    }
    await stranger.close();
    await says(nodes[0], phoneOf(30), 't1');
    await more(1);
    expect((await heard([phoneOf(30)])).get(phoneOf(30))).toEqual(counted(2));
    // Somebody has all of it read again.
    await source.query('update inbound_log set seq = 0');
    await says(nodes[0], phoneOf(30), 't2');
    await more(1);
    expect((await heard([phoneOf(30)])).get(phoneOf(30))).toEqual(counted(3));
    expect(await source.query('select * from inbound_log_unreadable')).toEqual([]);
  }, 60_000);

  test('sets entries aside that are no text, and passes them', async () => {
    const stranger = await connect({ servers: nats.url });
    const id = '018f0000-0000-7000-8000-000000000001';
    const text = {
      ...{ kind: 'text', id, workspaceId: workspace.id, gatewayId: id, phone: phoneOf(9), reachable: true },
      ...{ from: phoneOf(9), to: 'nobody', text: 'a \0', gatewayMessageId: null, extra: null, at: 1 },
    };
    const found: { seq: number; data: string }[] = [];
    const hostile = [text, { ...text, text: 'of no time', at: 1e300 }].map((one) => JSON.stringify(one));
    for (const data of ['no text', '\0 bytes that PostgreSQL takes in no sentence', ...hostile]) {
      const { seq } = await jetstream(stranger).publish('textloom.inbound.3.5', data);
      found.push({ seq, data: Buffer.from(data).toString('hex') });
    }
    await stranger.close();
    const rows = async (table: string, what: string): Promise<object[]> =>
      source.query(`select ${what} from ${table} where partition = 3 order by seq`);
    const end = JSON.stringify([{ seq: found.at(-1)?.seq }]);
    while (JSON.stringify(await rows('inbound_log', 'seq::int')) !== end) await sleep(20);
    expect(await rows('inbound_log_unreadable', `seq::int, encode(data, 'hex') as data`)).toEqual(found);
  }, 60_000);

  test('decides nothing twice and nothing out of order while nodes come and go', async () => {
    const people = Array.from({ length: 16 }, (_, n) => phoneOf(200 + n));
    await Promise.all(people.map((person) => says(nodes[0], person, 'COUNT')));
    nodes.push(await startNode());
    const turns = 12;
    const speaking = Promise.all(
      people.map(async (person, n) => {
        for (let turn = 0; turn < turns; turn++) {
          expect((await says(nodes[n % 2 === 0 ? 0 : 1], person, `t${turn}`)).status).toBe(200);
          await sleep(5);
        }
      }),
    );
    // Its connections are cut in the middle of whatever it does, again and again.
    for (let n = 0; n < 10; n++) {
      await source.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'textloom' and pid <> pg_backend_pid()
           and state = 'idle in transaction'`,
      );
      await sleep(50);
    }
    await speaking;
    const [leaving] = nodes.splice(0, 1);
    await leaving?.close();
    await more(people.length * (turns + 1));
    const replies = await heard(people);
    expect([...replies.values()]).toEqual(people.map(() => counted(turns)));
  }, 120_000);

  test('shares the partitions among the nodes that are there', async () => {
    nodes.push(await startNode());
    const owners = async () => {
      const rows: { count: number }[] = await source.query(
        'select count(*)::int as count from inbound_log_leases where node is not null group by node order by 1',
      );
      return rows.map(({ count }) => count);
    };
    while (JSON.stringify(await owners()) !== '[4,4]') await sleep(50);
    const people = Array.from({ length: 20 }, (_, n) => phoneOf(300 + n));
    await Promise.all(people.map((person, n) => says(nodes[n % 2], person, 'COUNT')));
    await more(people.length);
  }, 60_000);

  test('goes on where it was when NATS was killed; texts that it did not take are refused', async () => {
    await nats.kill();
    const refused = await says(nodes[0], phoneOf(400), 'COUNT');
    expect([refused.status, refused.body]).toMatchObject([503, { error: { code: 'inbound.log' } }]);
    const figures = await (await fetch(`${nodes[0]?.url}/metrics`)).text();
    expect(figures).toMatch(/^textloom_log_refused_total [1-9]/m);
    await nats.restart();
    for (;;) {
      const { status } = await says(nodes[0], phoneOf(401), 'COUNT', 'after NATS');
      if (status === 200) break;
      await sleep(100);
    }
    await more(1);
    expect((await heard([phoneOf(401)])).get(phoneOf(401))).toHaveLength(1);
  }, 120_000);

  test('that is made anew is read from its beginning', async () => {
    for (const node of nodes.splice(0)) await node.close();
    const operator = await connect({ servers: nats.url });
    await (await jetstreamManager(operator)).streams.delete(STREAM);
    await operator.close();
    nodes = [await startNode()];
    await Promise.all(Array.from({ length: 20 }, (_, n) => says(nodes[0], phoneOf(500 + n), 'COUNT')));
    await more(20);
  }, 60_000);

  test('belongs to one installation, and must survive a power cut', async () => {
    const installation = 'somebody else';
    const { url } = nats;
    const open = (options: Partial<LogStreamOptions>) =>
      LogStream.open({ url, durability: 'unsafe', installation, ...options });
    await expect(open({})).rejects.toThrow('belongs to another Textloom');
    await expect(open({ durability: 'replicas' })).rejects.toThrow('belongs to another Textloom');
    await expect(open({ url: 'nats://127.0.0.1:1' })).rejects.toThrow('NATS does not answer at NATS_URL');
    const other = await startNats(program ?? '', ['--user', 'textloom', '--pass', 'p@ss']);
    try {
      await expect(open({ url: other.url })).rejects.toThrow('NATS does not answer at NATS_URL');
      // The client takes the first that answers.
      const url = `${other.url.replace('//', '//textloom:p%40ss@')},nats://127.0.0.1:1`;
      // One server alone cannot hold three replicas.
      await expect(open({ url, durability: 'replicas' })).rejects.toThrow('could not be made on NATS');
      await (await open({ url })).close();
      await expect(open({ url, durability: 'replicas' })).rejects.toThrow('fewer than three replicas');
    } finally {
      await other.close();
    }
  });
});
