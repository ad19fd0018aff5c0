import { describe, expect, test } from '@jest/globals';
import { AT_ONE_END, FarEnds } from '#server/calls/far-ends.ts';

const SLOW_MS = 10_000;
const HALF = 100;

/** Asks a far end something, which takes so long to answer. */
function ask(ends: FarEnds, end: string, at: number, milliseconds: number): void {
  ends.began(end);
  ends.asked(end, 'call', at);
  ends.answered(end, 'call', at + milliseconds);
  ends.ended(end);
}

const roomAt = (ends: FarEnds, name: string, now: number) =>
  ends.room(now).ends.find(({ end }) => end === name);

describe('the room of a far end', () => {
  test('is proven by a quick answer, until it is slow or has not been asked for long', () => {
    const ends = new FarEnds();
    ask(ends, 'shop', 0, 50);
    expect(roomAt(ends, 'shop', 100)).toEqual({ end: 'shop', underWay: 0, calls: AT_ONE_END, quick: true });
    expect(roomAt(ends, 'shop', 60 * 60_000)?.quick).toBe(false);
    ask(ends, 'shop', 200, SLOW_MS);
    expect(roomAt(ends, 'shop', 200 + SLOW_MS)?.quick).toBe(false);
  });

  test('is a stranger’s as soon as it keeps one waiting, before that has ended', () => {
    const ends = new FarEnds();
    ask(ends, 'shop', 0, 50);
    ends.began('shop');
    ends.asked('shop', 'hung', 100);
    expect(roomAt(ends, 'shop', 200)?.quick).toBe(true);
    expect(roomAt(ends, 'shop', 100 + SLOW_MS)?.quick).toBe(false);
  });

  test('shrinks with what is free, so that no number of them takes all of it', () => {
    const ends = new FarEnds();
    for (let round = 0; round < 40; round++)
      for (let n = 0; n < 15; n++)
        if ((roomAt(ends, `hung-${n}`, 0)?.calls ?? 1) > 0) ends.began(`hung-${n}`);
    const room = ends.room(0);
    expect(room.unproven).toBeGreaterThan(HALF / 10);
    expect(room.inAll).toBeGreaterThan(HALF);
    expect(room.unmet).toBeGreaterThan(0);
  });

  test('of many that hang leaves the other half to those that answer', () => {
    const ends = new FarEnds();
    ask(ends, 'shop', 0, 50);
    for (let n = 0; n < 1_500; n++) if (ends.room(1).unproven > 0) ends.began(`hung-${n}`);
    expect(ends.room(1)).toMatchObject({ inAll: HALF, unproven: 0 });
    expect(roomAt(ends, 'shop', 1)).toEqual({ end: 'shop', underWay: 0, calls: AT_ONE_END, quick: true });
  });

  test('for e-mail is its own, however long it takes', () => {
    const ends = new FarEnds();
    ends.began('email');
    ends.asked('email', 'slow', 0);
    const { ends: all, unproven } = ends.room(SLOW_MS);
    expect(all).toEqual([
      { end: 'email', underWay: 1, calls: 2, quick: true },
      { end: 'notice', underWay: 0, calls: 3, quick: true },
    ]);
    expect(unproven).toBe(HALF);
  });
});
