import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { UNDECIDED_RUN, UNDECIDED_TEXT } from '#server/inbound/undecided.ts';
import { createWorkspace, publishFlow } from '../support/workspace.ts';
import { template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const DAY = 24 * 3_600_000;

const stage = stageTexting(() => ({ flows: [template('double-opt-in')], lists: { news: 'double' } }));

beforeAll(async () => {
  // A row that this database refuses, whatever the reason may be in life.
  await stage.source.query(`create function refuse() returns trigger language plpgsql as $$
    begin
      if new.text like '%refuse me%' and new.status = 'decided' then raise exception 'no' using errcode = '23514'; end if;
      return new;
    end $$`);
  await stage.source.query(
    'create trigger refuse before insert or update on inbound for each row execute function refuse()',
  );
  await stage.source.query(`create function refuse_run() returns trigger language plpgsql as $$
    begin
      if old.rest = 'for trouble' and new.outcome <> 'failed' then raise exception 'no' using errcode = '22008'; end if;
      return new;
    end $$`);
  await stage.source.query(
    'create trigger refuse before update on runs for each row execute function refuse_run()',
  );
});

/** Makes somebody's run unreadable for the engine, as a bug or a hand in the database might. */
const corrupt = (person: string, context = '{}'): Promise<unknown> =>
  stage.source.query(
    `update runs set context = $3 from contacts c
     where runs.workspace_id = $1 and c.workspace_id = $1 and c.id = runs.contact_id and c.phone = $2`,
    [stage.workspace.id, person, context],
  );

const inboundOf = (person: string): Promise<{ text: string; status: string; reason: string | null }[]> =>
  stage.source.query(
    'select text, status, reason from inbound where workspace_id = $1 and from_address = $2 order by id',
    [stage.workspace.id, person],
  );

const everybody = Array.from({ length: 64 }, (_, n) => phoneOf(n));
const bad = phoneOf(17);
const good = everybody.filter((person) => person !== bad);

describe('a row that the database refuses', () => {
  const say = (person: string) => stage.path.says(person, person === bad ? 'JOIN, refuse me' : 'JOIN');

  test('is set aside with its reason; everybody beside it is decided', async () => {
    const answers = new Map(
      await Promise.all(everybody.map(async (person) => [person, await say(person)] as const)),
    );
    expect(good.map((person) => answers.get(person)?.status)).toEqual(good.map(() => 'decided'));
    expect(answers.get(bad)).toMatchObject({
      status: 'set-aside',
      // What the database said is for the log: people read what happened, and what to do.
      reason: UNDECIDED_TEXT,
    });
    expect(await inboundOf(bad)).toEqual([
      { text: 'JOIN, refuse me', status: 'set-aside', reason: answers.get(bad)?.reason },
    ]);
  });

  test('is set aside once, however often the gateway repeats it', async () => {
    const repeat = () => stage.path.says(bad, 'JOIN, refuse me', { gatewayMessageId: 'again' });
    const first = await repeat();
    expect(await repeat()).toEqual({ ...first, duplicate: true });
    expect(await inboundOf(bad)).toHaveLength(1);
  });

  test('is decided when somebody tries it again and the trouble is gone', async () => {
    const first = await stage.path.says(bad, 'JOIN, refuse me', { gatewayMessageId: 'later' });
    const again = () =>
      stage.path.says(bad, 'JOIN, refuse me', { id: first.id, gatewayMessageId: 'later', stored: true });
    expect(await again()).toMatchObject({ status: 'set-aside' });
    await stage.source.query('alter table inbound disable trigger refuse');
    try {
      expect(await again()).toMatchObject({
        status: 'decided',
        replies: [{ text: expect.stringMatching(/Reply YES/) }],
      });
    } finally {
      await stage.source.query('alter table inbound enable trigger refuse');
    }
    expect(await inboundOf(bad)).toEqual([{ text: 'JOIN, refuse me', status: 'decided', reason: null }]);
  });

  test('belongs to the person it came from', async () => {
    await stage.path.says(bad, 'JOIN');
    await stage.path.says(bad, 'refuse me');
    const [{ strangers }] = await stage.source.query(
      'select count(*)::int as strangers from inbound where workspace_id = $1 and contact_id is null',
      [stage.workspace.id],
    );
    expect(strangers).toBe(0);
  });
});

describe('a wake-up whose rows the database refuses', () => {
  test('ends its run as failed; everybody else is woken', async () => {
    await Promise.all(
      everybody.map((person) => stage.path.says(person, person === bad ? 'JOIN for trouble' : 'JOIN')),
    );
    stage.clock.advance(DAY + 1);
    await stage.path.wakes.fireDue();
    await stage.path.wakes.fireDue();
    const outcomes = await stage.source.query(
      `select c.phone, r.outcome from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
       where r.workspace_id = $1 order by c.phone`,
      [stage.workspace.id],
    );
    expect(outcomes).toEqual(
      everybody.map((phone) => ({ phone, outcome: phone === bad ? 'failed' : 'completed' })),
    );
    const [trail] = await stage.source.query(
      `select steps from trail where workspace_id = $1 and steps::text like '%failed%'`,
      [stage.workspace.id],
    );
    expect(trail.steps[0]).toEqual({ do: 'failed', error: UNDECIDED_RUN });
  });
});

describe('a run that the engine cannot read', () => {
  beforeEach(async () => {
    await Promise.all(everybody.map((person) => stage.path.says(person, 'JOIN')));
  });

  test.each(['{}', 'null', '[]', '{"answers":1,"arms":null,"unexposed":"x"}'])(
    'with the context %s never stops the others, and is told on the run or the text',
    async (context) => {
      await corrupt(bad, context);
      const answers = await Promise.all(everybody.map((person) => stage.path.says(person, 'YES')));
      expect(answers.filter(({ replies }) => /You're in/.test(replies[0]?.text ?? ''))).toHaveLength(
        good.length + (answers[17]?.replies[0]?.text.includes("You're in") ? 1 : 0),
      );
      const [text] = (await inboundOf(bad)).slice(-1);
      const [run] = await stage.source.query(
        `select r.outcome from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
         where r.workspace_id = $1 and c.phone = $2`,
        [stage.workspace.id, bad],
      );
      expect(text?.status === 'set-aside' ? text.reason : run.outcome).toMatch(
        /could not be decided|failed|completed/i,
      );
    },
  );

  test('never keeps STOP from being heard', async () => {
    await corrupt(bad, 'null');
    expect(await stage.path.says(bad, 'STOP')).toMatchObject({
      status: 'decided',
      replies: [{ text: expect.stringMatching(/unsubscribed/) }],
    });
  });

  test('never keeps a person from starting anew', async () => {
    await corrupt(bad, 'null');
    await stage.path.says(bad, 'YES');
    expect(await stage.path.says(bad, 'JOIN')).toMatchObject({
      status: 'decided',
      replies: [{ text: expect.stringMatching(/Reply YES/) }],
    });
  });

  test('is woken once, not for ever, and its failure can be seen', async () => {
    await corrupt(bad, 'null');
    stage.clock.advance(DAY + 1);
    await stage.path.wakes.fireDue();
    expect(await stage.path.wakes.fireDue()).toBe(0);
    const [run] = await stage.source.query(
      `select r.status, r.outcome from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
       where r.workspace_id = $1 and c.phone = $2`,
      [stage.workspace.id, bad],
    );
    expect(run).toEqual({ status: 'ended', outcome: 'failed' });
  });
});

test('a flow that goes round for ever is cut off, visibly, and keeps nobody waiting', async () => {
  const says = (id: string) => ({ id, kind: 'message', config: { text: id } });
  // No proof would let it be published.
  await publishFlow(stage.source, stage.workspace.id, {
    schemaVersion: 1,
    name: 'Round',
    triggers: [{ kind: 'keyword', words: ['ROUND'] }],
    nodes: [says('a'), says('b')],
    edges: [
      { from: 'a', port: 'next', to: 'b' },
      { from: 'b', port: 'next', to: 'a' },
    ],
    start: 'a',
  });
  const answers = await Promise.all(
    everybody.map((person) => stage.path.says(person, person === bad ? 'ROUND' : 'JOIN')),
  );
  expect(answers.filter(({ replies }) => /Reply YES/.test(replies[0]?.text ?? ''))).toHaveLength(good.length);
  expect(answers[17]?.status).toBe('decided');
  expect(answers[17]?.replies.length).toBeLessThanOrEqual(20);
  const [run] = await stage.source.query(
    `select r.outcome from runs r join flows f on f.id = r.flow_id where r.workspace_id = $1 and f.name = 'Round'`,
    [stage.workspace.id],
  );
  expect(run).toEqual({ outcome: 'failed' });
  expect(await stage.path.says(bad, 'STOP')).toMatchObject({
    status: 'decided',
    replies: [{ text: expect.stringMatching(/unsubscribed/) }],
  });
});

describe('a version that does not open any more', () => {
  beforeEach(async () => {
    await stage.path.says(bad, 'JOIN');
    await stage.source.query(
      `update flow_versions set definition = '{"schemaVersion": 1, "connection closed, timeout": 1}' where workspace_id = $1`,
      [stage.workspace.id],
    );
    await stage.source.query('update workspaces set revision = revision + 1 where id = $1', [
      stage.workspace.id,
    ]);
    // What is compiled stays: another node knows nothing of it yet.
    await stage.close();
    await stage.open();
  });

  test('never keeps STOP from being heard, nor anybody else', async () => {
    const other = await createWorkspace(stage.source, {
      flows: [template('double-opt-in')],
      lists: { news: 'double' },
    });
    const theirs = { workspaceId: other.id, gatewayId: other.gatewayId };
    const answers = await Promise.all([
      stage.path.says(bad, 'STOP'),
      ...good.map((person) => stage.path.says(person, 'JOIN')),
      ...good.map((person) => stage.path.says(person, 'JOIN', theirs)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 'decided'));
    expect(answers.map(({ replies }) => replies.length)).toEqual([
      1,
      ...good.map(() => 0),
      ...good.map(() => 1),
    ]);
  });

  test('leaves its runs as they are, and their wake-ups keep nobody else from waking', async () => {
    stage.clock.advance(DAY + 1);
    await stage.path.wakes.fireDue();
    expect(await stage.path.wakes.fireDue()).toBe(0);
    const [run] = await stage.source.query('select status, node from runs where workspace_id = $1', [
      stage.workspace.id,
    ]);
    expect(run).toEqual({ status: 'active', node: 'ask' });
  });
});
