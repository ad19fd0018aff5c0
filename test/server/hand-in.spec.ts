import { expect, test } from '@jest/globals';
import { HandIn } from '#server/inbound/hand-in.ts';
import type { Work, WorkResult } from '#server/inbound/work.ts';

const MOST = 3;
const stored = (id: string): WorkResult => ({
  stored: { accepted: true, status: 'decided', id, replies: [] },
});

const wakeOf = (phone: string, done: Work['done']): Work => ({
  kind: 'run',
  workspaceId: 'w',
  senderId: 's',
  phone,
  at: 0,
  happening: { kind: 'wake', runId: phone, seq: 1, at: 0 },
  done,
});

const people = Array.from({ length: 10 }, (_, n) => `person ${n}`);

test('never has more under way than it may, and hands the next in when a batch of them is told', async () => {
  const waiting: Work[] = [];
  const handIn = new HandIn({ accept: (work) => waiting.push(work) }, MOST);
  const handed = handIn.all(people, wakeOf);
  const seen: number[] = [];
  const told: string[] = [];
  while (told.length < people.length) {
    await new Promise(setImmediate);
    seen.push(waiting.length);
    // The last comes first: each result finds its own place.
    for (const work of waiting.splice(0).reverse()) {
      told.push(work.phone);
      work.done(stored(work.phone));
    }
  }
  const { decided } = await handed;
  expect(seen).toEqual([3, 3, 3, 1]);
  expect(await decided).toEqual(people.map(stored));
});

test('goes on where work is refused at once, and with nothing to do', async () => {
  const error = new Error('Too much is waiting.');
  const handIn = new HandIn({ accept: (work) => work.done({ error }) }, MOST);
  const { decided } = await handIn.all(people, wakeOf);
  expect(await decided).toEqual(people.map(() => ({ error })));
  expect(await (await handIn.all([], wakeOf)).decided).toEqual([]);
});

test('counts what is under way over all that it was given', async () => {
  const waiting: Work[] = [];
  const handIn = new HandIn({ accept: (work) => waiting.push(work) }, MOST);
  const first = await handIn.all(people.slice(0, 2), wakeOf);
  const second = handIn.all(people.slice(2, 4), wakeOf);
  await new Promise(setImmediate);
  expect(waiting).toHaveLength(MOST);
  waiting[0]?.done(stored('person 0'));
  const { decided } = await second;
  expect(waiting).toHaveLength(MOST + 1);
  for (const work of waiting.slice(1)) work.done(stored(work.phone));
  expect(await Promise.all([first.decided, decided])).toEqual([
    people.slice(0, 2).map(stored),
    people.slice(2, 4).map(stored),
  ]);
});
