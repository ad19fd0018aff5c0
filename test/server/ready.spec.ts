import { describe, expect, test } from '@jest/globals';
import type { Leased } from '#server/outbound/claim.ts';
import type { Lane } from '#server/outbound/lanes.ts';
import { Ready } from '#server/outbound/ready.ts';
import { laneOf } from '../support/lane.ts';

const BEARS = 100;

const lane = (gatewayId: string, rank = 0): Lane => laneOf({ gatewayId, rank });

const text = (id: string, of: Lane): Leased => ({
  id,
  contactId: id,
  place: '(0,1)',
  attempts: 1,
  worn: 0,
  queuedAt: 0,
  leasedUntil: 60_000,
  lane: of,
});

const idsOf = (leased: readonly Leased[]): string[] => leased.map(({ id }) => id);

describe('what is claimed', () => {
  test('goes as there is room at its gateway, answers first; the others of it wait', () => {
    const ready = new Ready(() => 0);
    const [one, selling, two] = [lane('one'), lane('one', 2), lane('two')];
    ready.add([text('a', selling), text('b', one), text('c', selling), text('d', two)]);
    expect(idsOf(ready.take(({ gatewayId }) => (gatewayId === 'one' ? 2 : 0)))).toEqual(['b', 'a']);
    expect([ready.waiting(one), ready.waiting(two)]).toEqual([1, 1]);
    expect(idsOf(ready.take(() => 9))).toEqual(['c', 'd']);
    expect(ready.isEmpty).toBe(true);
  });

  test('goes back into the queue where there was no room for a second, and at the end', () => {
    let now = 0;
    const ready = new Ready(() => now);
    const [slow, quick] = [lane('slow'), lane('quick')];
    ready.add([text('a', slow), text('b', quick), text('c', quick)]);
    now = 900;
    ready.take(({ gatewayId }) => (gatewayId === 'quick' ? 1 : 0));
    expect(ready.takeBack()).toEqual([]);
    now = 1_100;
    expect(idsOf(ready.takeBack())).toEqual(['a']);
    expect(idsOf(ready.takeBack(true))).toEqual(['c']);
    expect(ready.isEmpty).toBe(true);
  });
});

describe('ahead of the room', () => {
  test('is claimed only for a gateway that makes room again and again', () => {
    let now = 0;
    const ready = new Ready(() => now);
    const quick = lane('quick');
    const turn = (at: number) => {
      now = at;
      ready.add([text(`at ${at}`, quick)]);
      ready.take(() => 1);
      return ready.ahead(quick, BEARS);
    };
    expect([0, 50, 100].map(turn)).toEqual([0, 75, 75]);
    expect(turn(900)).toBe(0);
    expect(turn(950)).toBe(75);
    now = 1_100;
    expect(ready.ahead(quick, BEARS)).toBe(0);
    expect(ready.ahead(lane('other'), BEARS)).toBe(0);
  });
});
