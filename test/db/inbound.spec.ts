import { describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { counting, template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const stage = stageTexting(() => ({
  flows: [template('double-opt-in'), counting('COUNT', 60)],
  lists: { news: 'double' },
}));

const count = async (table: string, where = 'true'): Promise<number> => {
  const [row] = await stage.source.query(
    `select count(*)::int as n from ${table} where workspace_id = $1 and ${where}`,
    [stage.workspace.id],
  );
  return row.n;
};

describe('the same id', () => {
  const person = phoneOf(1);

  test('once more, later: the same answer, marked, and nothing decided', async () => {
    const first = await stage.path.says(person, 'JOIN', { gatewayMessageId: 'a' });
    expect(first).toMatchObject({
      status: 'decided',
      replies: [{ to: person, text: expect.stringMatching(/Reply YES/) }],
    });
    expect(first).not.toHaveProperty('duplicate');

    expect(await stage.path.says(person, 'JOIN', { gatewayMessageId: 'a' })).toEqual({
      ...first,
      duplicate: true,
    });
    expect(await stage.path.says(person, 'another text', { gatewayMessageId: 'a' })).toEqual({
      ...first,
      duplicate: true,
    });
    expect([await count('inbound'), await count('outbound'), await count('runs')]).toEqual([1, 1, 1]);
  });

  test('ten times at once: decided once, ten equal answers', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => stage.path.says(person, 'JOIN', { gatewayMessageId: 'b' })),
    );
    expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1);
    expect(new Set(answers.map(({ duplicate, ...answer }) => JSON.stringify(answer))).size).toBe(1);
    expect([await count('inbound'), await count('outbound'), await count('runs')]).toEqual([1, 1, 1]);
  });

  test('from another person is another text', async () => {
    const answers = await Promise.all(
      [1, 2].map((n) => stage.path.says(phoneOf(n), 'JOIN', { gatewayMessageId: 'c' })),
    );
    expect(answers.every((answer) => !answer.duplicate)).toBe(true);
    expect(await count('runs')).toBe(2);
  });

  test('a repeated text to nobody is set aside once', async () => {
    const say = () => stage.path.says(person, 'JOIN', { to: '99999', gatewayMessageId: 'd' });
    const first = await say();
    expect(first).toMatchObject({ status: 'set-aside', reason: expect.stringMatching(/99999/) });
    expect(await say()).toEqual({ ...first, duplicate: true });
    expect(await count('inbound')).toBe(1);
  });
});

describe('order', () => {
  test('fifty texts of one person at once are decided in the order they were accepted', async () => {
    const person = phoneOf(3);
    const texts = ['COUNT', ...Array.from({ length: 49 }, (_, n) => `t${n}`)];
    const answers = await Promise.all(texts.map((text) => stage.path.says(person, text)));
    expect(answers.map(({ replies }) => replies.map((reply) => reply.text))).toEqual([
      ['0'],
      ...Array.from({ length: 49 }, (_, n) => [`${n + 1} after t${n}`]),
    ]);
  });

  test('fifty texts each of twenty people, mixed', async () => {
    const say = (n: number, turn: number) =>
      stage.path.says(phoneOf(100 + n), turn === 0 ? 'COUNT' : `t${turn}`);
    const turns = Array.from({ length: 50 }, (_, turn) => turn);
    const people = Array.from({ length: 20 }, (_, n) => n);
    const answers = await Promise.all(turns.flatMap((turn) => people.map((n) => say(n, turn))));
    const last = answers.slice(-20).map(({ replies }) => replies[0]?.text);
    expect(last).toEqual(people.map(() => '49 after t49'));
  });
});

describe('a batch', () => {
  test('of 500 people creates 500 contacts, each with one run and one reply', async () => {
    const people = Array.from({ length: 500 }, (_, n) => phoneOf(1_000 + n));
    const joined = await Promise.all(people.map((person) => stage.path.says(person, 'JOIN')));
    expect(joined.every(({ status, replies }) => status === 'decided' && replies.length === 1)).toBe(true);
    const confirmed = await Promise.all(people.map((person) => stage.path.says(person, 'YES')));
    expect(confirmed.every(({ replies }) => /You're in/.test(replies[0]?.text ?? ''))).toBe(true);
    expect([await count('contacts'), await count('runs', "outcome = 'completed'")]).toEqual([500, 500]);
    expect(await count('consents', "scope = 'list:news' and state = 'confirmed'")).toBe(500);
  });

  test('counts who waits where and who went along which line', async () => {
    const people = Array.from({ length: 30 }, (_, n) => phoneOf(2_000 + n));
    await Promise.all(people.map((person) => stage.path.says(person, 'JOIN')));
    await Promise.all(people.slice(0, 10).map((person) => stage.path.says(person, 'YES')));
    const rows = await stage.source.query(
      'select key, sum(delta)::int as n from flow_counters where workspace_id = $1 group by key having sum(delta) <> 0',
      [stage.workspace.id],
    );
    expect(Object.fromEntries(rows.map(({ key, n }: { key: string; n: number }) => [key, n]))).toMatchObject({
      'wait ask': 20,
      'pass ask confirmed': 10,
      'pass welcome next': 10,
    });
  });
});

test.each(['+447700900099', '447700900099', '00447700900099', '+44 7700 900099', '07700 900099'])(
  'a text to a number of ours is heard, also as %s, and its repeat is answered alike',
  async (to) => {
    await stage.source.query(
      `update senders set address = '+447700900099', kind = 'long-number', country = 'GB' where id = $1`,
      [stage.workspace.senderId],
    );
    await stage.source.query('update workspaces set revision = revision + 1 where id = $1', [
      stage.workspace.id,
    ]);
    const first = await stage.path.says(phoneOf(1), 'JOIN', { to, gatewayMessageId: 'a' });
    expect(first).toMatchObject({ status: 'decided', replies: [{ from: '+447700900099' }] });
    const again = await stage.path.says(phoneOf(1), 'JOIN', { to, gatewayMessageId: 'a' });
    expect(again).toEqual({ ...first, duplicate: true });
  },
);

test('whoever is held elsewhere comes later, and keeps nobody who is new beside them', async () => {
  const [held, fresh] = [phoneOf(3_000), phoneOf(3_001)];
  await stage.path.says(held, 'COUNT');
  const locker = stage.source.createQueryRunner();
  await locker.query('begin');
  await locker.query('select from contacts where workspace_id = $1 and phone = $2 for update', [
    stage.workspace.id,
    held,
  ]);
  const later = stage.path.says(held, 'one', { gatewayMessageId: 'held' });
  const beside = await stage.path.says(fresh, 'COUNT', { gatewayMessageId: 'fresh' });
  expect(beside.replies.map(({ text }) => text)).toEqual(['0']);
  expect(await count('inbound', "gateway_message_id = 'held'")).toBe(0);

  await locker.query('rollback');
  await locker.release();
  expect((await later).replies.map(({ text }) => text)).toEqual(['1 after one']);
  expect(await stage.path.says(held, 'one', { gatewayMessageId: 'held' })).toMatchObject({ duplicate: true });
  expect(await count('contacts')).toBe(2);
  const claims = "gateway_message_id in ('held', 'fresh')";
  expect(await count('dedupe', claims)).toBe(2);
});

describe('what is set aside', () => {
  test.each([
    ['an unknown sender', { to: '00000' }, /sent to 00000, and no sender/],
    [
      'a from that is no number',
      { from: 'PAYPAL', phone: 'PAYPAL', reachable: false },
      /“PAYPAL”, which is no phone number/,
    ],
  ])('%s is stored with its reason and acknowledged', async (_, more, reason) => {
    const answer = await stage.path.says(phoneOf(4), 'JOIN', more);
    expect(answer).toMatchObject({
      accepted: true,
      status: 'set-aside',
      replies: [],
      reason: expect.stringMatching(reason),
    });
    const [row] = await stage.source.query('select status, reason, text from inbound where id = $1', [
      answer.id,
    ]);
    expect(row).toMatchObject({ status: 'set-aside', reason: answer.reason, text: 'JOIN' });
    expect(await count('contacts')).toBe(0);
  });

  test('never stops those beside it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        stage.path.says(phoneOf(5_000 + n), 'JOIN', n % 4 === 0 ? { to: '00000' } : {}),
      ),
    );
    expect(answers.filter(({ status }) => status === 'set-aside')).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 'decided')).toHaveLength(30);
  });
});

test('a text decided again under its own id replaces what it had become', async () => {
  const id = newId(stage.clock.now());
  await stage.path.says(phoneOf(6), 'JOIN', { id, to: '00000', gatewayMessageId: 'z' });
  expect(
    await stage.path.says(phoneOf(6), 'JOIN', { id, gatewayMessageId: 'z', stored: true }),
  ).toMatchObject({
    status: 'decided',
  });
  expect(await count('inbound', "status = 'decided'")).toBe(1);
});
