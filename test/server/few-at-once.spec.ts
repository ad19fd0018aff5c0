import { expect, test } from '@jest/globals';
import { FewAtOnce } from '#server/common/few-at-once.ts';

test('few are under way at once, the others in their order; one that fails gives its place on', async () => {
  const few = new FewAtOnce(2, 3);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = Array.from({ length: 5 }, (_, n) =>
    few.run(async () => {
      begun.push(n);
      await new Promise<void>((end) => ends.push(end));
      if (n % 2 === 0) throw new Error(`${n}`);
      return n;
    }),
  );
  const settled = Promise.allSettled(all);
  expect([begun, few.isCrowded]).toEqual([[0, 1], true]);
  for (let n = 0; n < 5; n++) {
    while (ends.length === 0) await new Promise(setImmediate);
    expect(begun.length).toBeLessThanOrEqual(n + 2);
    ends.shift()?.();
  }
  expect((await settled).map(({ status }) => status)).toEqual([
    ...['rejected', 'fulfilled', 'rejected', 'fulfilled', 'rejected'],
  ]);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(await few.run(async () => 'free')).toBe('free');
});
