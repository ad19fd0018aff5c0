import { describe, expect, test } from '@jest/globals';
import { createLog } from '#server/common/log.ts';
import { Rounds } from '#server/common/rounds.ts';

/** A round that lasts until it is let go. */
function stage() {
  const going: (() => void)[] = [];
  const rounds = new Rounds({
    everyMs: 3_600_000,
    log: createLog('silent'),
    complaint: 'It failed.',
    round: async () => {
      let go = (): void => undefined;
      const ended = new Promise<void>((resolve) => {
        go = resolve;
      });
      going.push(go);
      await ended;
    },
  });
  return { rounds, going };
}
const turn = () => new Promise(setImmediate);

describe('rounds', () => {
  test('come one at a time; nudges meanwhile are one more', async () => {
    const { rounds, going } = stage();
    rounds.nudge();
    rounds.nudge();
    await turn();
    expect(going).toHaveLength(1);
    for (let n = 0; n < 5; n++) rounds.nudge();
    await turn();
    expect(going).toHaveLength(1);
    going[0]?.();
    await turn();
    expect(going).toHaveLength(2);
    going[1]?.();
    await turn();
    expect(going).toHaveLength(2);
  });

  test('that are asked for are whole ones: what is under way does not count', async () => {
    const { rounds, going } = stage();
    rounds.nudge();
    await turn();
    let isOver = false;
    const asked = rounds.once().then(() => {
      isOver = true;
    });
    going[0]?.();
    await turn();
    expect([going.length, isOver]).toEqual([2, false]);
    going[1]?.();
    await asked;
  });

  test('end in good order: the one under way comes to its end, no other begins', async () => {
    const { rounds, going } = stage();
    rounds.start();
    await turn();
    rounds.nudge();
    const stopped = rounds.stop();
    expect(rounds.isClosing).toBe(true);
    going[0]?.();
    await stopped;
    rounds.nudge();
    await turn();
    expect(going).toHaveLength(1);
  });

  test('that fail are complained of, and the next comes all the same', async () => {
    let count = 0;
    const complaints: string[] = [];
    const log = createLog('error', { write: (line: string) => void complaints.push(JSON.parse(line).msg) });
    const round = async () => {
      if (++count === 1) throw new Error('No.');
    };
    const rounds = new Rounds({ everyMs: 3_600_000, round, log, complaint: 'It failed.' });
    await rounds.once();
    await rounds.once();
    expect([count, complaints]).toEqual([2, ['It failed.']]);
  });
});
