import { describe, expect, jest, test } from '@jest/globals';
import { until } from '../support/until.ts';
import { counting, template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';
import { textsOut } from './support/texts-out.ts';

const DAY = 24 * 3_600_000;

const stage = stageTexting(
  () => ({
    flows: [template('double-opt-in'), counting('COUNT', 3), waiting],
    lists: { news: 'double' },
  }),
  { nodes: 2 },
);

/** Says something a day after it was started, so that a wake-up can be heard. */
const waiting = {
  schemaVersion: 1,
  name: 'Waits',
  languages: ['en'],
  triggers: [{ kind: 'keyword', words: ['WAIT'], match: 'exact', sender: '*' }],
  nodes: [
    { id: 'wait', kind: 'delay', config: { duration: '24h' } },
    { id: 'say', kind: 'message', config: { text: 'A day has passed.', purpose: 'service' } },
    { id: 'done', kind: 'end', config: {} },
  ],
  edges: [
    { from: 'wait', port: 'next', to: 'say' },
    { from: 'say', port: 'next', to: 'done' },
  ],
  start: 'wait',
};

const [one, two] = [() => stage.node(0), () => stage.node(1)];

const texts = () => textsOut(stage);

const steps = async (): Promise<Record<string, string>[]> =>
  (
    await stage.source.query('select steps from trail where workspace_id = $1 order by id', [
      stage.workspace.id,
    ])
  ).flatMap((row: { steps: Record<string, string>[] }) => row.steps);

const claims = (): Promise<unknown[]> => stage.source.query('select 1 from wake_claims');

describe('a wake-up', () => {
  test('fires when its time has come, not before, and once', async () => {
    await one().says(phoneOf(1), 'WAIT');
    stage.clock.advance(DAY - 1);
    await one().wakes.fireDue();
    expect(await texts()).toEqual([]);
    stage.clock.advance(1);
    await one().wakes.fireDue();
    await one().wakes.fireDue();
    expect(await texts()).toEqual(['A day has passed.']);
  });

  test('fires by itself, at a node that nobody asks', async () => {
    await one().says(phoneOf(1), 'WAIT');
    two().wakes.onApplicationBootstrap();
    stage.clock.advance(DAY);
    await until(async () => (await texts()).length > 0);
    expect(await texts()).toEqual(['A day has passed.']);
  });

  test('that two nodes find at once fires once', async () => {
    const people = Array.from({ length: 100 }, (_, n) => phoneOf(n));
    await Promise.all(people.map((person) => one().says(person, 'WAIT')));
    stage.clock.advance(DAY);
    await Promise.all([one().wakes.fireDue(), two().wakes.fireDue(), one().wakes.fireDue()]);
    expect(await texts()).toEqual(people.map(() => 'A day has passed.'));
    const [{ waiting }] = await stage.source.query(
      'select count(*)::int as waiting from runs where workspace_id = $1 and wake_at is not null',
      [stage.workspace.id],
    );
    expect(waiting).toBe(0);
    // Each was claimed by one of them: none found it done already.
    expect((await steps()).filter(({ do: what }) => what === 'late')).toEqual([]);
    expect(await claims()).toEqual([]);
  });

  test('that another node has claimed is left to it, until that node dies or stands still', async () => {
    const holding = async (holder: string, until: string): Promise<number> => {
      await stage.source.query(
        `insert into wake_claims (run_id, holder, held_until)
         select id, ${holder}, now() + interval '${until}' from runs where workspace_id = $1 and wake_at is not null
         on conflict (run_id) do update set holder = excluded.holder, held_until = excluded.held_until`,
        [stage.workspace.id],
      );
      return one().wakes.fireDue();
    };
    await one().says(phoneOf(1), 'WAIT');
    stage.clock.advance(DAY);
    const ours = await stage.source.query(
      'select pid from pg_stat_activity where datname = current_database() limit 1',
    );
    expect(await holding(String(ours[0].pid), '9 seconds')).toBe(0);
    expect(await texts()).toEqual([]);
    // A connection that is no more.
    expect(await holding('0', '9 seconds')).toBe(1);
    await one().says(phoneOf(2), 'WAIT');
    stage.clock.advance(DAY);
    expect(await holding(String(ours[0].pid), '-1 second')).toBe(1);
    await one().says(phoneOf(3), 'WAIT');
    stage.clock.advance(DAY);
    // The database's clock was set back.
    expect(await holding(String(ours[0].pid), '1 hour')).toBe(1);
    expect(await texts()).toHaveLength(3);
  });

  test('that changes nothing keeps nobody from their turn, and is tried again later', async () => {
    await Promise.all([1, 2, 3].map((n) => one().says(phoneOf(n), 'WAIT')));
    stage.clock.advance(DAY);
    // A version that cannot be read: whoever is in it stays as they are.
    const [{ id }] = await stage.source.query(
      'select id from runs where workspace_id = $1 order by wake_at, id limit 1',
      [stage.workspace.id],
    );
    await stage.source.query('update runs set sender_id = gen_random_uuid() where id = $1', [id]);
    expect(await one().wakes.fireDue()).toBeGreaterThan(2);
    expect(await one().wakes.fireDue()).toBe(0);
    expect(await texts()).toHaveLength(2);
    await stage.source.query('update runs set sender_id = $2 where id = $1', [id, stage.workspace.senderId]);
    stage.clock.advance(10 * 60_000);
    expect(await one().wakes.fireDue()).toBe(1);
    expect(await texts()).toHaveLength(3);
  });

  test('that comes too late is recorded as late and changes nothing', async () => {
    await one().says(phoneOf(1), 'COUNT');
    const [run] = await stage.source.query('select id, seq, sender_id from runs where workspace_id = $1', [
      stage.workspace.id,
    ]);
    await one().says(phoneOf(1), 'first');
    const wake = { kind: 'wake' as const, runId: run.id, seq: run.seq, at: stage.clock.now() };
    await new Promise((resolve) =>
      one().inbound.accept({
        kind: 'run',
        workspaceId: stage.workspace.id,
        phone: phoneOf(1),
        senderId: run.sender_id,
        at: stage.clock.now(),
        happening: wake,
        done: resolve,
      }),
    );
    expect((await steps()).at(-1)).toEqual({ do: 'late', type: 'timeout' });
    expect((await one().says(phoneOf(1), 'second')).replies[0]?.text).toBe('2 after second');
  });

  test('that was put off after it was found fires at its new time', async () => {
    await one().says(phoneOf(1), 'WAIT');
    stage.clock.advance(DAY);
    // Taken back to a version in which people wait for longer, between its claim and its decision.
    const accept = one().inbound.accept.bind(one().inbound);
    const taking = jest.spyOn(one().inbound, 'accept').mockImplementation((work) => {
      const later = `update runs set wake_at = wake_at + interval '1 hour' where workspace_id = $1`;
      if (work.workspaceId === stage.workspace.id)
        void stage.source.query(later, [stage.workspace.id]).then(() => accept(work));
      else accept(work);
    });
    await one().wakes.fireDue();
    taking.mockRestore();
    expect(await texts()).toEqual([]);
    expect((await steps()).at(-1)).toEqual({ do: 'late', type: 'timeout' });
    stage.clock.advance(DAY / 24);
    await one().wakes.fireDue();
    expect(await texts()).toEqual(['A day has passed.']);
  });

  test('waits behind a reply that was accepted before it', async () => {
    await one().says(phoneOf(1), 'COUNT');
    stage.clock.advance(DAY);
    const [reply] = await Promise.all([one().says(phoneOf(1), 'in time'), one().wakes.fireDue()]);
    expect(reply.replies[0]?.text).toBe('1 after in time');
    expect((await steps()).filter((step) => step.do === 'ended')).toEqual([]);
  });

  test('racing a reply on another node: one of the two wins, the other sees what it left', async () => {
    const people = Array.from({ length: 60 }, (_, n) => phoneOf(n));
    await Promise.all(people.map((person) => one().says(person, 'COUNT')));
    stage.clock.advance(DAY);
    const [answers] = await Promise.all([
      Promise.all(people.map((person) => two().says(person, 'now'))),
      one().wakes.fireDue(),
    ]);
    const rows: { status: string }[] = await stage.source.query(
      `select r.status from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
       where r.workspace_id = $1 order by c.phone`,
      [stage.workspace.id],
    );
    // Whoever came too late was heard all the same: their text is decided, and nothing waited for it.
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 'decided'));
    expect(rows.map(({ status }) => status)).toEqual(
      answers.map(({ replies }) => (replies[0]?.text === '1 after now' ? 'active' : 'ended')),
    );
    expect(answers.flatMap(({ replies }) => replies).every(({ text }) => text === '1 after now')).toBe(true);
  });

  test('of more people than fit in one look fires for all', async () => {
    await stage.source.query(
      `insert into contacts (workspace_id, id, phone, created_at)
       select $1, gen_random_uuid(), '+1303' || lpad(n::text, 7, '0'), now() from generate_series(1, 1200) n`,
      [stage.workspace.id],
    );
    const [flow] = await stage.source.query(
      "select id, version_id from flows where workspace_id = $1 and name = 'Waits'",
      [stage.workspace.id],
    );
    await stage.source.query(
      `insert into runs (workspace_id, id, contact_id, sender_id, flow_id, version_id, status, node, place, context, seq, wake_at, started_at)
       select $1, gen_random_uuid(), id, $2, $3, $4, 'active', 'wait', 'wait', '{"answers":{},"arms":{},"unexposed":[]}', 1, $5, $5
       from contacts where workspace_id = $1`,
      [stage.workspace.id, stage.workspace.senderId, flow.id, flow.version_id, new Date(stage.clock.now())],
    );
    await one().wakes.fireDue();
    expect(await texts()).toHaveLength(1_200);
  });
});
