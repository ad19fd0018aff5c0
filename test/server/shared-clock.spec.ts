import { describe, expect, test } from '@jest/globals';
import { type Clockwork, SharedClock } from '#server/common/shared-clock.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');
const MINUTE = 60_000;

/** A machine whose clocks the test moves. */
class Machine implements Clockwork {
  ahead = 0;
  passed = 0;
  slept = 0;
  wall = (): number => NOON + this.ahead + this.passed + this.slept;
  steady = (): number => this.passed;
  sleepless = (): number => this.passed + this.slept;
  /** What time it is. */
  time = (): number => NOON + this.passed + this.slept;
}

function stage(ahead = 0) {
  const machine = new Machine();
  machine.ahead = ahead;
  const clock = new SharedClock(machine);
  /** How far it is off. */
  const error = (): number => clock.now() - machine.time();
  const compare = (): Promise<number | null> => clock.compare(async () => machine.time());
  return { machine, clock, error, compare };
}

describe('the clock of all nodes', () => {
  test.each([
    [90_000, 90_000],
    [-90_000, -90_000],
    [300, 300],
  ])('of a machine that is %d ms ahead is put right where that is too much', async (ahead, told) => {
    const { error, compare, machine } = stage(ahead);
    expect(error()).toBe(ahead);
    expect(await compare()).toBe(told);
    const left = Math.abs(ahead) > 500 ? 0 : ahead;
    expect(error()).toBe(left);
    machine.passed += MINUTE;
    expect(error()).toBe(left);
  });

  test('goes on as it was where the clock of its machine is set, before the database was asked again and after', async () => {
    const { machine, error, compare } = stage();
    await compare();
    machine.passed += 1_000;
    machine.ahead = 20 * MINUTE;
    expect(error()).toBe(0);
    await compare();
    machine.passed += MINUTE;
    expect(error()).toBe(0);
    machine.ahead = 0;
    expect(error()).toBe(0);
    expect(await compare()).toBe(0);
    expect(error()).toBe(0);
  });

  test('knows how long its machine slept', async () => {
    const { machine, error, compare } = stage();
    await compare();
    machine.slept = 60 * MINUTE;
    expect(error()).toBe(0);
  });

  test('does not believe an answer that took long', async () => {
    const { machine, clock, error } = stage(5_000);
    const answerIn = (ms: number) => async (): Promise<number> => {
      const at = machine.time() + ms / 2;
      machine.passed += ms;
      return at;
    };
    expect(await clock.compare(answerIn(2_000))).toBeNull();
    expect(error()).toBe(5_000);
    expect(await clock.compare(answerIn(100))).toBe(5_000);
    expect(error()).toBe(0);
  });

  test('tells whole milliseconds, whatever it is put right by', async () => {
    const { machine, clock } = stage(5_000);
    await clock.compare(async () => machine.time() + 0.123);
    expect(Number.isInteger(clock.now())).toBe(true);
    machine.ahead = 60_000;
    machine.slept = 0.5;
    expect(Number.isInteger(clock.now())).toBe(true);
  });

  test('is its own where the database is days away: nobody can tell which is wrong', async () => {
    const { error, compare } = stage(3 * 24 * 60 * MINUTE);
    await compare();
    expect(error()).toBe(3 * 24 * 60 * MINUTE);
  });
});
