import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#server/database/data-source.ts';
import { runningDatabase } from '#server/database/embedded/embedded-postgres.ts';
import { build } from '../../scripts/support/build-steps.mjs';
import { counting } from '../db/support/flows.ts';
import { createWorkspace } from '../support/workspace.ts';
import { App } from './support/app.ts';
import { Crowd, post, type Sent } from './support/crowd.ts';

/** More questions than anybody can answer while the test lasts. */
const QUESTIONS = 1_500;
const PEOPLE = 48;

const dataDir = mkdtempSync(join(tmpdir(), 'textloom-kill-'));
const crowd = new Crowd(PEOPLE, 'COUNT');
let app: App;
let door: string;

beforeAll(async () => {
  await build('server');
  app = await App.start(dataDir);
  const workspace = await inDatabase((source) =>
    createWorkspace(source, { flows: [counting('COUNT', QUESTIONS)] }),
  );
  door = workspace.door;
}, 120_000);

afterAll(async () => {
  await app?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function inDatabase<Result>(work: (source: DataSource) => Promise<Result>): Promise<Result> {
  const url = runningDatabase(dataDir);
  if (!url) throw new Error('The database does not run.');
  const source = await createDataSource({ url, pool: 2 }).initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/** What is done to the app while everybody talks; whoever reads must not be able to foresee the moment. */
const DEATHS: [string, () => Promise<void>][] = [
  ['node', () => app.kill()],
  [
    'node and its database',
    async () => {
      app.killDatabase();
      await app.kill();
    },
  ],
  ['node again', () => app.kill()],
];

describe('a server that is killed while everybody talks', () => {
  test.each(DEATHS)(
    '%s: goes on where the last answer was',
    async (_, kill) => {
      const before = crowd.acknowledged.length;
      crowd.start(app.url + door);
      while (crowd.acknowledged.length < before + PEOPLE * 2) await sleep(5);
      await sleep(Math.random() * 500);
      await kill();
      await crowd.stop();
      app = await App.start(dataDir);

      // A gateway repeats what was not acknowledged, and, as gateways do, some of what was.
      const repeated = crowd.acknowledged
        .filter(({ answer }, index) => index % 5 === 0 && answer?.status === 'decided')
        .slice(-200);
      await Promise.all([
        ...crowd.unacknowledged.map(async (sent) => {
          sent.answer = await post(app.url + door, sent);
        }),
        ...repeated.map(async (sent) => {
          expect(await post(app.url + door, sent)).toEqual({ ...sent.answer, duplicate: true });
        }),
      ]);
      expect(crowd.unacknowledged).toEqual([]);
    },
    60_000,
  );

  test('its database alone: refuses until it is back, then goes on by itself', async () => {
    const before = crowd.acknowledged.length;
    crowd.start(app.url + door);
    while (crowd.acknowledged.length < before + PEOPLE) await sleep(5);
    app.killDatabase();
    const then = crowd.acknowledged.length;
    while (crowd.acknowledged.length < then + PEOPLE * 3) await sleep(20);
    await crowd.stop();
    while (crowd.unacknowledged.length > 0)
      for (const sent of crowd.unacknowledged) sent.answer = await post(app.url + door, sent);
  }, 60_000);

  test('with texts that were acknowledged but not decided yet: they are decided after it is back', async () => {
    const pending = (): number => crowd.sent.filter(({ answer }) => answer?.status === 'pending').length;
    const before = pending();
    await inDatabase(async (source) => {
      const holder = source.createQueryRunner();
      crowd.start(app.url + door);
      const enough = (): boolean => pending() >= before + PEOPLE / 4;
      while (!enough()) {
        // Nobody can be decided while this is held; whoever waits for longer than a second is only stored then.
        await holder.startTransaction();
        await holder.query('lock table runs in share mode');
        for (let held = 0; held < 1_500 && !enough(); held += 5) await sleep(5);
        if (!enough()) await holder.commitTransaction();
      }
      await app.kill();
      await holder.release();
    });
    await crowd.stop();
    app = await App.start(dataDir);
    for (const sent of crowd.unacknowledged) sent.answer = await post(app.url + door, sent);
    expect(crowd.unacknowledged).toEqual([]);
    const waiting = 'select 1 from backlog limit 1';
    while ((await inDatabase((source) => source.query(waiting))).length > 0) await sleep(50);
  }, 120_000);

  test('has every acknowledged text once, decided in order, with the replies it answered', async () => {
    const inbound = await inDatabase((source): Promise<StoredText[]> => source.query(STORED));
    expect(inbound.map(({ id }) => id).sort()).toEqual(crowd.sent.map(({ id }) => id).sort());
    expect(inbound.filter(({ status }) => status !== 'decided')).toEqual([]);
    const stored = new Map(inbound.map((row) => [row.id, row]));
    const wrong = crowd.sent.filter(
      (sent) => JSON.stringify(stored.get(sent.id)?.replies) !== JSON.stringify([expectedReply(sent)]),
    );
    expect(wrong).toEqual([]);
    const answered = crowd.sent.filter(({ answer }) => answer?.status === 'decided');
    expect(answered.filter((sent) => repliesOf(sent)[0] !== expectedReply(sent))).toEqual([]);
  });

  test('has one run a person, as far as they talked, and each step of it once', async () => {
    const runs = await inDatabase((source): Promise<StoredRun[]> => source.query(RUNS));
    const turns = new Map<string, number>();
    for (const { phone } of crowd.sent) turns.set(phone, (turns.get(phone) ?? 0) + 1);
    expect(runs).toEqual(
      [...turns].sort().map(([phone, count]) => ({ phone, runs: 1, node: `q${count - 1}`, trail: count })),
    );
  });

  test('has lost no reply on its way out', async () => {
    const [row] = await inDatabase((source) =>
      source.query(
        `select count(*) filter (where m.status = 'queued' and o.message_id is null)::int as lost,
           count(*) filter (where m.status <> 'queued' and o.message_id is not null)::int as doubled,
           count(*) filter (where m.status in ('failed', 'cancelled'))::int as failed
         from outbound m left join outbox o on o.workspace_id = m.workspace_id and o.message_id = m.id`,
      ),
    );
    expect(row).toEqual({ lost: 0, doubled: 0, failed: 0 });
  });
});

interface StoredText {
  id: string;
  status: string;
  replies: string[];
}

interface StoredRun {
  phone: string;
  runs: number;
  node: string;
  trail: number;
}

const STORED = `select i.gateway_message_id as id, i.status,
    (select coalesce(json_agg(o.text order by o.id), '[]') from outbound o where o.cause_id = i.id and o.contact_id = i.contact_id) as replies
  from inbound i`;

const RUNS = `select c.phone, count(*)::int as runs, min(r.node) as node,
    (select count(*)::int from trail t where t.run_id = min(r.id::text)::uuid) as trail
  from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id group by c.phone order by c.phone`;

const repliesOf = ({ answer }: Sent): string[] => answer?.replies.map(({ text }) => text) ?? [];

/** Texts are numbered by the person, replies by the run: they fit only if each was decided once and in order. */
function expectedReply({ text }: Sent): string {
  return text === 'COUNT' ? '0' : `${Number(text.slice(1)) + 1} after ${text}`;
}
