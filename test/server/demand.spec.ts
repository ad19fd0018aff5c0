import { beforeEach, describe, expect, test } from '@jest/globals';
import { Demand, type RoundEnd } from '#server/outbound/demand.ts';

const QUIET: RoundEnd = { full: new Set(), isLeft: false, isBlocked: false };
const FULL: RoundEnd = { ...QUIET, full: new Set(['gateway']) };
const BLOCKED: RoundEnd = { ...QUIET, isBlocked: true };

let demand: Demand;

beforeEach(() => {
  demand = new Demand(() => undefined);
});

/** Somebody asked, and this came of it. */
function round(end: RoundEnd, meanwhile: () => void = () => undefined): void {
  demand.ask();
  demand.take();
  demand.roundBegins();
  meanwhile();
  demand.roundEnds(end);
  // Nobody asks any more, which is looked at again and again.
  if (!demand.isThere) demand.take();
}

describe('another round', () => {
  test('is asked for, and that is answered once', () => {
    let asked = 0;
    demand = new Demand(() => asked++);
    demand.ask();
    expect([asked, demand.take(), demand.take()]).toEqual([1, true, false]);
  });

  test.each<[string, RoundEnd, boolean]>([
    ['was full', FULL, true],
    ['left something ready', { ...QUIET, isLeft: true }, true],
    ['had room for all', QUIET, false],
  ])('goes when a gateway has room where the last %s', (_, end, goes) => {
    round(end);
    demand.hasRoom();
    expect(demand.isThere).toBe(goes);
  });

  test('goes when room was made while the last went on, or something was left since', () => {
    round(QUIET, () => demand.hasRoom());
    expect(demand.take()).toBe(true);
    round(QUIET);
    demand.leaves();
    demand.hasRoom();
    expect(demand.isThere).toBe(true);
  });

  test.each<[string, RoundEnd, boolean]>([
    ['found something that may have waited for that', BLOCKED, true],
    ['did not', QUIET, false],
  ])('goes when something is written down where the last %s', (_, end, goes) => {
    round(end);
    demand.settled();
    expect(demand.isThere).toBe(goes);
    demand.take();
    round(end, () => demand.settled());
    expect(demand.isThere).toBe(goes);
  });

  test('begins at once where a gateway has room during a pause', async () => {
    round(FULL);
    const pause = demand.pause(1_000_000);
    demand.hasRoom();
    await pause;
    demand.end();
  });
});

test('gateways are behind that had no room for what was due in the last round', () => {
  round(FULL);
  expect([demand.isBehind('gateway'), demand.isBehind('other')]).toEqual([true, false]);
  round(QUIET);
  expect(demand.isBehind('gateway')).toBe(false);
});
