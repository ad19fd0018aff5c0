import { describe, expect, test } from '@jest/globals';
import { template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const HOUR = 3_600_000;
const people = Array.from({ length: 120 }, (_, n) => phoneOf(n));

const stage = stageTexting((now) => ({
  flows: [template('contest')],
  contests: { 'prize-draw': new Date(now + HOUR) },
}));

const say = (text: string) => Promise.all(people.map((person) => stage.path.says(person, text)));
const entries = async (): Promise<number> => {
  const [row] = await stage.source.query(
    'select count(*)::int as n from contest_entries where workspace_id = $1',
    [stage.workspace.id],
  );
  return row.n;
};

describe('a contest', () => {
  test('counts everybody once, however often they come back', async () => {
    for (let round = 0; round < 3; round++) {
      await say('WIN');
      const answers = await say('YES');
      expect(answers.every(({ replies }) => replies.length === 1)).toBe(true);
      await say('Ada');
    }
    expect(await entries()).toBe(people.length);
  });

  test('closes by the time of receipt: the last moment counts, the next does not', async () => {
    await say('WIN');
    stage.clock.advance(HOUR - 1);
    const early = await Promise.all(people.slice(0, 60).map((person) => stage.path.says(person, 'YES')));
    stage.clock.advance(1);
    const late = await Promise.all(people.slice(60).map((person) => stage.path.says(person, 'YES')));
    expect(await entries()).toBe(60);
    expect(new Set([...early, ...late].map(({ replies }) => replies[0]?.text)).size).toBe(2);
  });

  test('judges people of one batch each by their own time', async () => {
    await say('WIN');
    const answers = await Promise.all(
      people.map((person, n) =>
        stage.path.says(person, 'YES', { at: stage.clock.now() + (n % 2 === 0 ? 0 : HOUR) }),
      ),
    );
    expect(answers.every(({ status }) => status === 'decided')).toBe(true);
    expect(await entries()).toBe(60);
  });
});
