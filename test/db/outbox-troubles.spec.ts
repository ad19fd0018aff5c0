import { describe, expect, test } from '@jest/globals';
import { backoff, mostAttempts } from '#server/outbound/backoff.ts';
import { until } from '../support/until.ts';
import { accept, answer, type Behaviour, cut } from './support/far-end.ts';
import { counting, template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageSending } from './support/sending-stage.ts';

const person = phoneOf(1);
const MOST_ATTEMPTS = mostAttempts('unavailable');

const stage = stageSending({
  flows: [template('double-opt-in'), counting('COUNT', 5)],
  lists: { news: 'double' },
});

/** Moves the clock to when the first text is due again and sends; returns how long that was, in seconds. */
async function sendNext(): Promise<number> {
  const due = (await stage.firstOutbound()).due_at?.getTime() ?? stage.clock.now();
  const waited = due - stage.clock.now();
  stage.clock.set(due - 1);
  expect(await stage.path.outbox.sendDue()).toBe(0);
  stage.clock.set(due);
  await stage.path.outbox.sendDue();
  return waited / 1_000;
}

async function outcomeOfRun(): Promise<string | null> {
  const outcome = async (): Promise<string | null> => {
    const [run] = await stage.source.query('select outcome from runs where workspace_id = $1', [
      stage.workspace.id,
    ]);
    return run.outcome;
  };
  // The run is told as work of its own, behind whatever it has waiting.
  await until(async () => (await outcome()) !== null);
  return outcome();
}

describe('the wait after a failure', () => {
  test.each(['throttled', 'unavailable', 'unreachable', 'silent'] as const)(
    'grows, is another for each text, has an end, and is what was asked for: %s',
    (trouble) => {
      const waits = (chance: number) => Array.from({ length: 12 }, (_, n) => backoff(trouble, n + 1, chance));
      const [soonest, latest] = [waits(0), waits(1)];
      const longest = latest.at(-1) ?? 0;
      for (const [n, wait] of latest.entries()) {
        expect(wait).toBe(Math.min((latest[0] ?? 0) * 2 ** n, longest));
        expect(soonest[n]).toBe(wait / 2);
      }
      expect(longest).toBeLessThanOrEqual(10 * 60_000);
      expect(backoff(trouble, 1, 0, 3_600_000)).toBe(3_600_000);
    },
  );

  test('is given up sooner, later or never, by what the trouble was', () => {
    // Asking for patience counts nothing against a text; what nobody took cannot have come already.
    expect(mostAttempts('throttled')).toBe(Number.POSITIVE_INFINITY);
    expect(mostAttempts('unreachable')).toBeGreaterThan(mostAttempts('unavailable'));
    expect(mostAttempts('silent')).toBe(mostAttempts('unavailable'));
  });
});

describe('a far end that cannot take a text now', () => {
  const troubles: [string, Behaviour, RegExp][] = [
    ['answers 500', answer(500, 'out of order'), /HTTP 500 out of order/],
    ['answers 503', answer(503), /HTTP 503/],
    ['answers 429', answer(429, 'slow down'), /HTTP 429 slow down/],
    ['answers 408', answer(408), /HTTP 408/],
    ['is at work on the same text still', answer(409, 'in progress'), /HTTP 409 in progress/],
    ['cuts the connection', cut, /closed/],
    [
      'redirects elsewhere',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      /./,
    ],
  ];

  test.each(troubles)('%s: the text waits longer each time, then goes', async (_, trouble, reason) => {
    await stage.path.says(person, 'COUNT');
    stage.farEnd.behaviour = trouble;
    await stage.path.outbox.sendDue();
    expect(await stage.firstOutbound()).toMatchObject({
      status: 'queued',
      attempts: 1,
      reason: expect.stringMatching(reason),
    });
    const waits = [await sendNext(), await sendNext(), await sendNext()];
    waits.forEach((wait, n) => {
      expect(wait).toBeGreaterThanOrEqual(2 ** n);
      expect(wait).toBeLessThanOrEqual(2 * 2 ** n);
    });
    stage.farEnd.behaviour = accept;
    await sendNext();
    expect(await stage.firstOutbound()).toMatchObject({ status: 'sent', reason: null });
    expect(new Set(stage.farEnd.received.map(({ body }) => body.id)).size).toBe(1);
  });

  test('for good: the text is given up, visibly, and its run ends as not reached', async () => {
    await stage.path.says(person, 'JOIN');
    stage.farEnd.behaviour = answer(500, 'never');
    await stage.path.outbox.sendDue();
    for (let attempt = 2; attempt <= MOST_ATTEMPTS; attempt++) await sendNext();
    expect(stage.farEnd.received).toHaveLength(MOST_ATTEMPTS);
    expect(await stage.firstOutbound()).toMatchObject({
      status: 'failed',
      reason: `Given up after ${MOST_ATTEMPTS} tries. The last time: The gateway answered: HTTP 500 never`,
      attempts: null,
    });
    stage.clock.advance(24 * 3_600_000);
    expect(await stage.path.outbox.sendDue()).toBe(0);
    expect(await outcomeOfRun()).toBe('not-reached');
  });

  test('that asked for patience before gets no fewer tries for that', async () => {
    await stage.path.says(person, 'COUNT');
    stage.farEnd.behaviour = answer(429);
    await stage.path.outbox.sendDue();
    for (let attempt = 2; attempt < MOST_ATTEMPTS; attempt++) await sendNext();
    stage.farEnd.behaviour = answer(500);
    const waits = [await sendNext(), await sendNext()];
    expect(await stage.firstOutbound()).toMatchObject({ status: 'queued', attempts: MOST_ATTEMPTS + 1 });
    expect(waits).toHaveLength(2);
    stage.farEnd.behaviour = accept;
    await sendNext();
    expect(await stage.firstOutbound()).toMatchObject({ status: 'sent' });
  });

  test('goes on with the texts to everybody else', async () => {
    stage.farEnd.behaviour = (response, received) =>
      received.body.to === person ? answer(500)(response, received) : accept(response, received);
    await Promise.all([1, 2, 3, 4].map((n) => stage.path.says(phoneOf(n), 'COUNT')));
    await stage.path.outbox.sendDue();
    expect((await stage.outbound()).map(({ status }) => status).sort()).toEqual([
      'queued',
      'sent',
      'sent',
      'sent',
    ]);
  });
});

describe('a far end that never will', () => {
  test.each([400, 404, 410, 422])(
    'answers %d: the text has failed at once, and its run is told',
    async (status) => {
      await stage.path.says(person, 'JOIN');
      stage.farEnd.behaviour = answer(status, 'no such number');
      await stage.path.outbox.sendDue();
      expect(await stage.firstOutbound()).toMatchObject({
        status: 'failed',
        reason: `The gateway answered: HTTP ${status} no such number`,
        attempts: null,
      });
      expect(await outcomeOfRun()).toBe('not-reached');
    },
  );

  test('has no address: the text has failed with a sentence', async () => {
    await stage.source.query(`update gateways set config = '{}' where workspace_id = $1`, [
      stage.workspace.id,
    ]);
    await stage.path.says(person, 'COUNT');
    await stage.path.outbox.sendDue();
    expect(await stage.firstOutbound()).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/no address/),
    });
  });
});
