import { describe, expect, test } from '@jest/globals';
import { BATCH_SIZE, Lanes } from '#server/inbound/lanes.ts';
import type { Work } from '#server/inbound/work.ts';
import { textWork } from '../db/support/text-work.ts';
import * as fc from '../support/properties.ts';

const textOf = (person: number, n: number): Work =>
  textWork({ id: `${person}-${n}`, phone: `+1${person}`, text: String(n), at: n });

/** Something that can wait until texts are decided. */
function wakeOf(person: number, n: number): Work {
  return {
    kind: 'run',
    workspaceId: 'w',
    phone: `+1${person}`,
    senderId: 's',
    happening: { kind: 'wake', runId: `${person}`, seq: n, at: n },
    at: n,
    done: () => undefined,
  };
}

const phonesOf = (batch: readonly Work[]): string[] => batch.map(({ phone }) => phone);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A lane whose batches end when the test says so. */
function slowLane() {
  const batches: { works: Work[]; end: (again?: Work[]) => void }[] = [];
  const run = (works: Work[]): Promise<Work[]> =>
    new Promise((resolve) => batches.push({ works, end: (again = []) => resolve(again) }));
  return { batches, run };
}

describe('lanes', () => {
  test('decide all work once, and that of one person in order and never two at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(9), fc.boolean(), fc.boolean()), { maxLength: 60 }),
        fc.integer({ min: 1, max: 3 }),
        async (drawn, count) => {
          const decided: Work[] = [];
          const open = new Set<string>();
          const putBack = new Set<Work>();
          const run = async (batch: Work[]): Promise<Work[]> => {
            for (const phone of phonesOf(batch)) {
              expect(open.has(phone)).toBe(false);
              open.add(phone);
            }
            await turn();
            // Now and then a contact is held by somebody else, once.
            const again = batch.filter((work) => held.has(work) && !putBack.has(work));
            for (const work of again) putBack.add(work);
            decided.push(...batch.filter((work) => !again.includes(work)));
            for (const phone of phonesOf(batch)) open.delete(phone);
            return again;
          };
          const lanes = new Lanes(Array.from({ length: count }, () => run));
          const works = drawn.map(([person, , isText], n) => (isText ? textOf : wakeOf)(person, n));
          const held = new Set(works.filter((_, n) => drawn[n]?.[1]));
          for (const work of works) {
            lanes.push(work);
            if (work.at % 7 === 0) await turn();
          }
          await lanes.idle();
          expect(decided.length).toBe(works.length);
          for (const phone of new Set(phonesOf(works))) {
            const ofOne = (all: readonly Work[]) =>
              all.filter((work) => work.phone === phone).map(({ at }) => at);
            expect(ofOne(decided)).toEqual(ofOne(works));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('open a second one to a crowd, and past a batch that takes long', async () => {
    const [one, two] = [slowLane(), slowLane()];
    const lanes = new Lanes([one.run, two.run]);
    const begun = () => [...one.batches, ...two.batches];
    lanes.push(textOf(0, 0));
    await turn();
    expect(begun()).toHaveLength(1);
    for (let person = 1; person <= BATCH_SIZE; person++) lanes.push(textOf(person, 0));
    await turn();
    expect(
      begun()
        .map(({ works }) => works.length)
        .sort(),
    ).toEqual([1, 1 + BATCH_SIZE / 2]);
    while (lanes.length > 0) {
      for (const { end } of begun()) end();
      await turn();
    }
    for (const { end } of begun()) end();
    await lanes.idle();
    const before = begun().length;

    lanes.push(textOf(1, 1));
    while (begun().length < before + 1) await turn();
    // One text alone waits for the batch before it, but not for ever.
    lanes.push(textOf(2, 1));
    while (begun().length < before + 2) await turn();
    for (const { end } of begun()) end();
    await lanes.idle();
  });

  test('share a crowd among all of them', async () => {
    const all = Array.from({ length: 4 }, slowLane);
    const lanes = new Lanes(all.map(({ run }) => run));
    for (let person = 0; person < 256; person++) lanes.push(textOf(person, 0));
    await turn();
    expect(all.map(({ batches }) => batches.map(({ works }) => works.length))).toEqual([
      [64],
      [64],
      [64],
      [64],
    ]);
    for (const { batches } of all) for (const { end } of batches) end();
    await lanes.idle();
  });

  test('take others along, however much one person has sent before them', async () => {
    const one = slowLane();
    const lanes = new Lanes([one.run]);
    for (let n = 0; n < 3_000; n++) lanes.push(textOf(0, n));
    for (let person = 1; person <= 20; person++) lanes.push(textOf(person, 0));
    await turn();
    expect(new Set(phonesOf(one.batches[0]?.works ?? [])).size).toBe(21);
  });

  test('keep nobody waiting behind somebody who is under way', async () => {
    const [one, two] = [slowLane(), slowLane()];
    const lanes = new Lanes([one.run, two.run]);
    const begun = () => [...one.batches, ...two.batches];
    lanes.push(textOf(1, 0));
    await turn();
    lanes.push(textOf(1, 1));
    lanes.push(textOf(2, 0));
    while (begun().length < 2) await turn();
    expect(
      begun()
        .flatMap(({ works }) => phonesOf(works))
        .sort(),
    ).toEqual(['+11', '+12']);
    expect(lanes.length).toBe(1);
    for (const { end } of begun()) end();
    while (begun().length < 3) await turn();
    for (const { end } of begun()) end();
    await lanes.idle();
  });

  test('decide texts before all that can wait, and leave them a lane while they come', async () => {
    const [one, two] = [slowLane(), slowLane()];
    const lanes = new Lanes([one.run, two.run]);
    const begun = () => [...one.batches, ...two.batches];
    lanes.push(textOf(0, 0));
    for (let person = 1; person <= 1_000; person++) lanes.push(wakeOf(person, 0));
    await turn();
    // Many at once would keep a text that comes now waiting while they are thought about.
    expect(begun().map(({ works }) => works.length)).toEqual([1]);
    begun()[0]?.end();
    while (begun().length < 2) await turn();
    const [, wakes] = begun();
    expect(wakes?.works.length).toBeLessThan(300);
    lanes.push(textOf(5_000, 0));
    while (begun().length < 3) await turn();
    expect(
      begun()
        .map(({ works }) => works.map(({ kind }) => kind))
        .some((kinds) => kinds.join() === 'text'),
    ).toBe(true);
    while (lanes.length > 0) {
      for (const { end } of begun()) end();
      await turn();
    }
    for (const { end } of begun()) end();
    await lanes.idle();
  });

  test('let what can wait have a lane after a while, however many texts come', async () => {
    const [one, two] = [slowLane(), slowLane()];
    const lanes = new Lanes([one.run, two.run]);
    const begun = () => [...one.batches, ...two.batches];
    const kinds = () => new Set(begun().flatMap(({ works }) => works.map(({ kind }) => kind)));
    let person = 0;
    const flood = (): void => {
      for (let n = 0; n < 2 * BATCH_SIZE; n++) lanes.push(textOf(++person, 0));
    };
    flood();
    lanes.push(wakeOf(0, 0));
    while (!kinds().has('run')) {
      if (lanes.length < BATCH_SIZE) flood();
      for (const { end } of begun()) end();
      await turn();
    }
    while (lanes.length > 0) {
      for (const { end } of begun()) end();
      await turn();
    }
    for (const { end } of begun()) end();
    await lanes.idle();
  });

  test('let no text overtake what waits for the same person', async () => {
    const one = slowLane();
    const lanes = new Lanes([one.run]);
    lanes.push(wakeOf(0, 0));
    await turn();
    lanes.push(wakeOf(1, 0));
    lanes.push(textOf(1, 1));
    lanes.push(textOf(2, 0));
    const order: string[] = [];
    for (let n = 0; n < 4; n++) {
      while (one.batches.length <= n) await turn();
      order.push(...(one.batches[n]?.works ?? []).map(({ kind, phone }) => `${kind} ${phone}`));
      one.batches[n]?.end();
    }
    await lanes.idle();
    expect(order).toEqual(['run +10', 'text +12', 'run +11', 'text +11']);
  });
});
