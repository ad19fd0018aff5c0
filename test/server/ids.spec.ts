import { describe, expect, it } from '@jest/globals';
import { idsAfter, idTime, newId } from '#server/common/ids.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('newId', () => {
  it('makes valid UUIDv7s that tell their time', () => {
    const time = Date.parse('2027-05-06T07:08:09.123Z');
    const id = newId(time);
    expect(id).toMatch(UUID_V7);
    expect(idTime(id)).toBe(time);
  });

  it('sorts in the order of making, within a millisecond, beyond 4,096 in one, and when the clock steps back', () => {
    const time = Date.parse('2027-05-06T07:08:10.000Z');
    const ids = Array.from({ length: 20_000 }, (_, n) => newId(n < 15_000 ? time : time - 60_000));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => UUID_V7.test(id))).toBe(true);
  });

  it('stays with the clock where others follow an id from the future', () => {
    const time = Date.parse('2027-05-06T08:00:00.000Z');
    const next = idsAfter(time + 86_400_000);
    const future = Array.from({ length: 5 }, () => next());
    expect(future.every((id) => UUID_V7.test(id) && idTime(id) > time + 86_400_000)).toBe(true);
    expect([...future].sort()).toEqual(future);
    expect(idTime(newId(time))).toBe(time);
    // Whatever follows one of them follows all.
    expect(idsAfter(idTime(future[0] ?? ''))() > (future.at(-1) ?? '')).toBe(true);
  });

  it('does not repeat its chance part', () => {
    const tails = Array.from({ length: 5000 }, (_, n) => newId(Date.parse('2028-01-01') + n).slice(19));
    expect(new Set(tails).size).toBe(tails.length);
  });
});
