import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Accepted } from '#shared/api/inbound.ts';
import { counting } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';
import { textsOut } from './support/texts-out.ts';

const person = phoneOf(1);

const stage = stageTexting(
  () => ({ flows: [counting('COUNT', 6)], gateway: { kind: 'simulated', config: { partsSeconds: 60 } } }),
  { nodes: 2 },
);
beforeEach(async () => {
  await stage.node(0).says(person, 'COUNT');
});

interface Saying {
  node?: number;
  from?: string;
  reference?: string;
  id?: string | null;
}

/** A part as a gateway hands it in; `all` is the whole text, cut. */
const part = (
  number: number,
  all: readonly string[],
  { node = 0, from = person, reference = '7', id = null }: Saying = {},
): Promise<Accepted> => {
  const text = all[number - 1] ?? '';
  return stage.node(node).says(from, text, {
    gatewayMessageId: id,
    part: { reference, number, total: all.length, text },
  });
};

const replies = () => textsOut(stage);

const stored = (): Promise<{ text: string; status: string; reason: string | null }[]> =>
  stage.source.query(
    `select text, status, reason from inbound where workspace_id = $1 and text <> 'COUNT' order by id`,
    [stage.workspace.id],
  );

const WORDS = ['one ', 'two ', 'three'] as const;

describe('a text in parts', () => {
  test.each([
    [1, 2, 3],
    [3, 1, 2],
    [2, 3, 1],
  ])('is decided once, as a whole, when they come in the order %d %d %d', async (...order) => {
    const answers = [];
    for (const number of order) answers.push(await part(number, WORDS));
    expect(answers.map(({ status }) => status)).toEqual(['pending', 'pending', 'decided']);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers[2]?.replies).toMatchObject([{ text: '1 after one two three' }]);
    expect(await stored()).toEqual([{ text: 'one two three', status: 'decided', reason: null }]);
  });

  test('is stored and visible while it is not whole', async () => {
    await part(1, WORDS);
    await part(3, WORDS);
    expect(await stored()).toEqual([
      {
        text: 'one […]three',
        status: 'pending',
        reason: 'Waits for the rest of a long text: 2 of 3 parts have come.',
      },
    ]);
    expect(await replies()).toEqual(['0']);
  });

  test('does not keep other texts of the person waiting', async () => {
    await part(1, WORDS);
    expect(await stage.node(0).says(person, 'short')).toMatchObject({ replies: [{ text: '1 after short' }] });
  });

  test('is put together from parts that come to different nodes at once', async () => {
    const people = Array.from({ length: 30 }, (_, n) => phoneOf(100 + n));
    await Promise.all(people.map((from) => stage.node(0).says(from, 'COUNT')));
    const answers = await Promise.all(
      people.flatMap((from, n) =>
        [1, 2, 3].map((number) => part(number, WORDS, { from, node: (n + number) % 2 })),
      ),
    );
    expect(answers.filter(({ status }) => status === 'decided')).toHaveLength(people.length);
    expect((await replies()).filter((text) => text === '1 after one two three')).toHaveLength(people.length);
  });

  test('may be cut within a character', async () => {
    await part(1, ['it is \ud83c', '\udf89 today']);
    await part(2, ['it is \ud83c', '\udf89 today'], { node: 1 });
    expect(await replies()).toEqual(['0', '1 after it is 🎉 today']);
  });

  test('knows parts that come again, with an id of the gateway or without, before it is whole and after', async () => {
    const first = await part(1, WORDS, { id: 'a' });
    expect(await part(1, WORDS, { id: 'a' })).toEqual({ ...first, duplicate: true });
    expect(await part(1, WORDS)).toEqual({ ...first, duplicate: true });
    await part(2, WORDS);
    const whole = await part(3, WORDS, { id: 'c' });
    expect(await part(3, WORDS, { id: 'c' })).toEqual({ ...whole, duplicate: true });
    expect(await part(1, WORDS, { id: 'a', node: 1 })).toEqual({ ...whole, duplicate: true });
    expect(await part(2, WORDS)).toEqual({ ...whole, duplicate: true });
    for (const node of [0, 1])
      expect(await part(2, WORDS, { id: 'another', node })).toEqual({ ...whole, duplicate: true });
    expect(await replies()).toHaveLength(2);
  });

  test('is decided with a gap when a part does not come in time; what comes later is set aside', async () => {
    await part(1, WORDS);
    await part(3, WORDS);
    await stage.node(1).longTexts.workDue();
    await stage.node(1).backlog.workDue();
    expect(await replies()).toEqual(['0']);
    stage.clock.advance(60_000);
    await Promise.all(stage.nodes.map((node) => node.longTexts.workDue()));
    await Promise.all(stage.nodes.map((node) => node.backlog.workDue()));
    expect(await replies()).toEqual(['0', '1 after one […]three']);
    expect(await part(2, WORDS)).toMatchObject({
      status: 'set-aside',
      reason: expect.stringMatching(/too late/),
    });
    expect((await stored()).map(({ status }) => status)).toEqual(['decided', 'set-aside']);
  });

  test('comes before a wake-up that is due while its parts come, if it began before, and no other wake-up waits', async () => {
    const DAY = 24 * 3_600_000;
    stage.clock.advance(DAY - 1);
    await part(1, WORDS);
    await stage.node(0).says(phoneOf(2), 'COUNT');
    stage.clock.advance(DAY + 1);
    // Began after the time: it is too late, like any text.
    await part(1, WORDS, { from: phoneOf(2) });
    await stage.node(1).wakes.fireDue();
    await part(2, WORDS);
    await part(3, WORDS);
    expect(await replies()).toEqual(['0', '0', '1 after one two three']);
    const ended = await stage.source.query(
      `select c.phone from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
       where r.workspace_id = $1 and r.status = 'ended'`,
      [stage.workspace.id],
    );
    expect(ended).toEqual([{ phone: phoneOf(2) }]);
  });

  test('is another one when its reference comes round again', async () => {
    for (const number of [1, 2, 3]) await part(number, WORDS);
    stage.clock.advance(10 * 60_000);
    await stage.node(0).longTexts.workDue();
    for (const number of [1, 2, 3]) await part(number, WORDS);
    expect(await replies()).toHaveLength(3);
  });

  test('that never became whole is not lost when another takes its reference', async () => {
    await part(1, ['lost ', 'gone']);
    await part(1, ['new ', 'text']);
    await part(2, ['new ', 'text']);
    await stage.node(0).backlog.workDue();
    expect((await replies()).sort()).toEqual(['0', '1 after lost […]', '2 after new text']);
  });

  test('is whole once its number has a sender, though all its parts have the same id', async () => {
    const to = '54321';
    for (const [n, text] of WORDS.entries())
      await stage.node(n % 2).says(person, text, {
        to,
        gatewayMessageId: 'same',
        extra: JSON.stringify({ part: { reference: '7', number: n + 1, total: 3 } }),
        part: { reference: '7', number: n + 1, total: 3, text },
      });
    expect((await stored()).map(({ text, status }) => [text, status])).toEqual(
      WORDS.map((text) => [text, 'set-aside']),
    );
  });

  test('that was decided with a gap has its late part set aside, though all its parts have the same id', async () => {
    await part(1, WORDS, { id: 'same' });
    await part(2, WORDS, { id: 'same' });
    stage.clock.advance(61_000);
    await stage.node(0).longTexts.workDue();
    await stage.node(0).backlog.workDue();
    for (const duplicate of [undefined, true])
      expect(await part(3, WORDS, { id: 'same' })).toMatchObject({
        status: 'set-aside',
        ...(duplicate && { duplicate }),
      });
    expect((await stored()).map(({ text, status }) => [text, status])).toEqual([
      ['one two […]', 'decided'],
      ['three', 'set-aside'],
    ]);
  });
});
