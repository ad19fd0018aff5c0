import { expect, test } from '@jest/globals';
import { Slices } from '#client/features/editor/proof/slices.ts';

/** A worker's time, in which each step of work takes a millisecond. */
function stage() {
  const said: string[] = [];
  const due: (() => void)[] = [];
  let clock = 0;
  const slices = new Slices({ now: () => clock, later: (go) => due.push(go) });
  function* work(name: string, steps: number): Generator<void, void> {
    for (let step = 1; step <= steps; step++) {
      clock++;
      if (step % 10 === 0) said.push(`${name} ${step}`);
      yield;
    }
    said.push(`${name} done`);
  }
  return { said, slices, work, pause: () => due.shift()?.(), isIdle: () => due.length === 0 };
}

test('works in slices, with pauses in between', () => {
  const { said, slices, work, pause, isIdle } = stage();
  slices.instead(work('draft', 30));
  expect(said).toEqual([]);
  pause();
  expect(said).toEqual(['draft 10']);
  pause();
  pause();
  expect(said).toEqual(['draft 10', 'draft 20', 'draft 30', 'draft done']);
  expect(isIdle()).toBe(true);
});

test('gives an older draft up when a newer one comes, without a word', () => {
  const { said, slices, work, pause, isIdle } = stage();
  slices.instead(work('old', 100));
  pause();
  slices.instead(work('new', 10));
  pause();
  pause();
  expect(said).toEqual(['old 10', 'new 10', 'new done']);
  expect(isIdle()).toBe(true);
});

test('goes on with the next draft after one that failed', () => {
  const { said, slices, work, pause } = stage();
  slices.instead(
    (function* () {
      yield;
      throw new Error('A fault of ours.');
    })(),
  );
  expect(pause).toThrow('A fault of ours.');
  slices.instead(work('next', 10));
  pause();
  expect(said).toEqual(['next 10', 'next done']);
});
