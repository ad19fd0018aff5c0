import { describe, expect, test } from '@jest/globals';
import { idTime, lowestId } from '#server/common/ids.ts';
import { counting, template } from './support/flows.ts';
import { type HotPath, phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const TURNS = 25;
const people = Array.from({ length: 40 }, (_, n) => phoneOf(n));

const stage = stageTexting(
  () => ({
    flows: [counting('COUNT', TURNS + 1), template('contest'), template('double-opt-in')],
    lists: { news: 'double' },
    contests: { 'prize-draw': null },
  }),
  { nodes: 2 },
);

/** The node that is asked next; a gateway behind a balancer knows no better. */
const nodeOf = (n: number): HotPath => stage.node(n % 2);

describe('two nodes on one database', () => {
  test('meet the same new people at once: each is one contact', async () => {
    await Promise.all(
      people.flatMap((person, n) => [0, 1].map((turn) => nodeOf(n + turn).says(person, 'hello'))),
    );
    const [{ contacts, texts }] = await stage.source.query(
      `select (select count(*)::int from contacts where workspace_id = $1) as contacts,
         (select count(*)::int from inbound where workspace_id = $1 and status = 'decided') as texts`,
      [stage.workspace.id],
    );
    expect([contacts, texts]).toEqual([people.length, people.length * 2]);
  });

  test('hear the same people turn by turn: each text is decided once, on the state the one before left', async () => {
    await Promise.all(people.map((person, n) => nodeOf(n).says(person, 'COUNT')));
    // Everybody speaks at once, but each person's next text comes when the one before was answered, on the other node.
    const heard = await Promise.all(
      people.map(async (person, n) => {
        const replies: (string | undefined)[] = [];
        for (let turn = 0; turn < TURNS; turn++)
          replies.push((await nodeOf(n + turn).says(person, `t${turn}`)).replies[0]?.text);
        return replies;
      }),
    );
    const expected = Array.from({ length: TURNS }, (_, turn) => `${turn + 1} after t${turn}`);
    expect(heard).toEqual(people.map(() => expected));
  });

  test('hear the same people at the same time: no text is lost, doubled or decided on an old run', async () => {
    const fresh = people.map((_, n) => phoneOf(500 + n));
    await Promise.all(fresh.map((person, n) => nodeOf(n).says(person, 'COUNT')));
    const answers = await Promise.all(
      Array.from({ length: TURNS }, (_, turn) => turn).flatMap((turn) =>
        fresh.map((person, n) => nodeOf(n + turn).says(person, `t${turn}`)),
      ),
    );
    expect(answers.every(({ status, replies }) => status === 'decided' && replies.length === 1)).toBe(true);
    // Each number is said once to each person, and follows the text that the run remembered last.
    const rows: { phone: string; numbers: string[]; seqs: number }[] = await stage.source.query(
      `select c.phone, array_agg(split_part(o.text, ' ', 1) order by split_part(o.text, ' ', 1)::int) as numbers,
         (select max(r.seq) from runs r where r.workspace_id = c.workspace_id and r.contact_id = c.id) as seqs
       from contacts c join outbound o on o.workspace_id = c.workspace_id and o.contact_id = c.id
       where c.workspace_id = $1 and c.phone = any($2) group by c.workspace_id, c.id, c.phone`,
      [stage.workspace.id, fresh],
    );
    const expected = Array.from({ length: TURNS + 1 }, (_, turn) => String(turn));
    expect(rows.map(({ numbers }) => numbers)).toEqual(fresh.map(() => expected));
    // What each node was given is heard in the order it was given.
    const texts: { phone: string; at_zero: string[]; at_one: string[] }[] = await stage.source.query(
      `select c.phone,
         array_agg(i.text order by (t.steps_at)) filter (where right(i.text, -1)::int % 2 = 0) as at_zero,
         array_agg(i.text order by (t.steps_at)) filter (where right(i.text, -1)::int % 2 = 1) as at_one
       from inbound i join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
       join lateral (select split_part(o.text, ' ', 1)::int as steps_at from outbound o
         where o.workspace_id = i.workspace_id and o.cause_id = i.id) t on true
       where i.workspace_id = $1 and c.phone = any($2) and i.text like 't%' group by c.phone`,
      [stage.workspace.id, fresh],
    );
    const turns = (rest: number): string[] =>
      Array.from({ length: TURNS }, (_, turn) => turn).flatMap((turn) =>
        turn % 2 === rest ? [`t${turn}`] : [],
      );
    for (const { at_zero, at_one } of texts) expect([at_zero, at_one]).toEqual([turns(0), turns(1)]);
  });

  test('with clocks apart: a text goes out after those that wait, however late the clock was that dated them', async () => {
    const person = phoneOf(900);
    await nodeOf(0).says(person, 'COUNT');
    const unsent = `select o.message_id as id from outbox o join contacts c on c.workspace_id = o.workspace_id and c.id = o.contact_id
      where o.workspace_id = $1 and c.phone = $2 order by o.message_id`;
    const [first]: { id: string }[] = await stage.source.query(unsent, [stage.workspace.id, person]);
    const later = lowestId(idTime(first?.id ?? '') + 3_600_000);
    await stage.source.query('update outbox set message_id = $2 where message_id = $1', [first?.id, later]);
    const other = phoneOf(901);
    await Promise.all([nodeOf(1).says(person, 't0'), nodeOf(1).says(other, 'COUNT')]);
    const ids: { id: string }[] = await stage.source.query(unsent, [stage.workspace.id, person]);
    expect(ids).toHaveLength(2);
    expect(ids[0]?.id).toBe(later);
    // Nobody else's ids go along into the future.
    await nodeOf(1).says(other, 't0');
    const others: { id: string }[] = await stage.source.query(unsent, [stage.workspace.id, other]);
    expect(others.map(({ id }) => id < later)).toEqual([true, true]);
  });

  test('get the same ids from a gateway that repeats itself: each is decided once', async () => {
    const answers = await Promise.all(
      people.flatMap((_, n) =>
        [0, 1, 0, 1].map((node) =>
          nodeOf(node).says(phoneOf(1_000 + n), 'JOIN', { gatewayMessageId: `same-${n}` }),
        ),
      ),
    );
    for (let n = 0; n < people.length; n++) {
      const four = answers.slice(n * 4, n * 4 + 4);
      expect(four.filter((answer) => !answer.duplicate)).toHaveLength(1);
      expect(new Set(four.map(({ id }) => id)).size).toBe(1);
      expect(new Set(four.map(({ replies }) => JSON.stringify(replies))).size).toBe(1);
    }
  });

  test('get a repeated text to nobody: it is set aside once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        nodeOf(n).says(phoneOf(2_000), 'JOIN', { to: '00000', gatewayMessageId: `nobody-${n >> 2}` }),
      ),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(10);
  });

  test('are told of entries to one contest by the same people: one entry each', async () => {
    const players = people.map((_, n) => phoneOf(3_000 + n));
    await Promise.all(players.map((person, n) => nodeOf(n).says(person, 'WIN')));
    const answers = await Promise.all(
      players.flatMap((person) => [0, 1].map((node) => nodeOf(node).says(person, 'YES'))),
    );
    expect(answers.every(({ status }) => status === 'decided')).toBe(true);
    const [{ entries, people: entered }] = await stage.source.query(
      `select count(*)::int as entries, count(distinct contact_id)::int as people from contest_entries where workspace_id = $1`,
      [stage.workspace.id],
    );
    expect([entries, entered]).toEqual([players.length, players.length]);
  });

  test('publish and hear at once: a new keyword counts on both as soon as it is live', async () => {
    await stage.source.query(
      `update flows set status = 'paused' where workspace_id = $1 and name = 'Double opt-in'`,
      [stage.workspace.id],
    );
    const paused = await Promise.all([0, 1].map((node) => nodeOf(node).says(phoneOf(4_000 + node), 'JOIN')));
    expect(paused.map(({ replies }) => replies[0]?.text)).toEqual([
      expect.stringMatching(/not running/),
      expect.stringMatching(/not running/),
    ]);
    await stage.source.query(
      `update flows set status = 'live' where workspace_id = $1 and name = 'Double opt-in'`,
      [stage.workspace.id],
    );
    const live = await Promise.all([0, 1].map((node) => nodeOf(node).says(phoneOf(4_010 + node), 'JOIN')));
    expect(live.map(({ replies }) => replies[0]?.text)).toEqual([
      expect.stringMatching(/Reply YES/),
      expect.stringMatching(/Reply YES/),
    ]);
  });
});
