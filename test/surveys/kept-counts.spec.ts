import { expect, test } from '@jest/globals';
import { KeptCounts } from '#server/surveys/kept-counts.ts';
import type { ScoreCount, SurveysRepository } from '#server/surveys/surveys.repository.ts';
import { ManualClock } from '../support/manual-clock.ts';

const START = '2026-03-01T12:00:00.000Z';

/** Counts that take as long as a test wants, and how often they were asked for. */
function slowCounts(people: number) {
  const asked: { done: (counts: ScoreCount[]) => void; fail: (error: Error) => void }[] = [];
  const scores = () =>
    new Promise<ScoreCount[]>((done, fail) => {
      asked.push({ done, fail });
    });
  const clock = new ManualClock(START);
  const counts = new KeptCounts({ scores } as Partial<SurveysRepository> as SurveysRepository, clock);
  const ask = (test: string | null = null) =>
    counts.of({ workspaceId: 'w', flowId: 'f', answer: 'score' }, test);
  const answer = (at: number) => asked[at]?.done([{ arm: null, score: 9, people }]);
  return { asked, clock, ask, answer };
}

test('many people are not counted for everybody who looks', async () => {
  const { asked, clock, ask, answer } = slowCounts(300_000);
  const [first, second] = [ask(), ask()];
  answer(0);
  expect(await first).toEqual({
    counts: [expect.objectContaining({ people: 300_000 })],
    at: Date.parse(START),
  });
  expect(await second).toBe(await first);
  clock.set('2026-03-01T12:00:59Z');
  expect(await ask()).toBe(await first);
  clock.set('2026-03-01T12:01:00Z');
  void ask();
  void ask('offer');
  expect(asked).toHaveLength(3);
});

test('a few people are counted anew, and so is what failed', async () => {
  const { asked, clock, ask, answer } = slowCounts(5);
  const first = ask();
  answer(0);
  await first;
  clock.set('2026-03-01T12:00:00.002Z');
  const second = ask();
  asked[1]?.fail(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  void ask();
  expect(asked).toHaveLength(3);
});
