import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { armResult, checkSplit, compareArms, type MeasuredArm } from '#server/experiments/measure.ts';
import { resultSentence } from '#server/experiments/result-words.ts';
import { changesOf, expectedCounts, stateOf } from '#server/experiments/weights.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { publishDraft } from '../support/publish-draft.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;
let workspaceId: string;
const clock = new ManualClock('2026-03-01T12:00:00Z');
const KEY = 'offer';

/** A flow that tests two versions with these weights. */
const offer = (a: number, b: number) => ({
  schemaVersion: 1,
  name: 'Offer',
  triggers: [{ kind: 'keyword', words: ['OFFER'] }],
  nodes: [
    {
      id: 'test',
      kind: 'split',
      title: 'Which offer?',
      config: {
        experiment: KEY,
        arms: [
          { id: 'half', label: '50 % off', weight: a },
          { id: 'two', label: '2 for 1', weight: b },
        ],
      },
    },
    { id: 'half', kind: 'message', config: { text: 'Text 50OFF at the till.' } },
    { id: 'two', kind: 'message', config: { text: 'Text 2FOR1 at the till.' } },
    { id: 'bought', kind: 'goal', config: { goal: 'bought' } },
    { id: 'end', kind: 'end', config: {} },
  ],
  edges: [
    { from: 'test', port: 'half', to: 'half' },
    { from: 'test', port: 'two', to: 'two' },
    { from: 'half', port: 'next', to: 'bought' },
    { from: 'two', port: 'next', to: 'bought' },
    { from: 'bought', port: 'next', to: 'end' },
  ],
  start: 'test',
});

beforeAll(async () => {
  server = await startTestServer({ clock });
  owner = await signInAsOwner(server);
  workspaceId = (await owner.get('/api/session')).body.workspace.id;
  const { body } = await owner.post('/api/flows', { name: 'Offer', definition: offer(1, 1) });
  const answer = await publishDraft(owner, body.id);
  if (answer.status !== 204) throw new Error(answer.text);
});
afterAll(() => server.close());

/** People who met an arm at a moment, and how many of them bought. */
async function meet(arm: string, people: number, bought: number, at: string): Promise<void> {
  await server.database.source.query(
    `with met as (
       insert into arms (workspace_id, contact_id, experiment, arm, hash_version, assigned_at, exposed_at)
       select $1, gen_random_uuid(), $2, $3, 1, $5, $5 from generate_series(1, $4::int) returning contact_id)
     insert into conversions (workspace_id, contact_id, experiment, goal, arm, run_id, at)
     select $1, contact_id, $2, 'bought', $3, gen_random_uuid(), $5 from met limit $6`,
    [workspaceId, KEY, arm, people, at, bought],
  );
}

describe('an experiment', () => {
  test('is there from its publication on', async () => {
    expect((await owner.get('/api/experiments')).body).toEqual([
      {
        key: KEY,
        name: 'Which offer?',
        flow: { id: expect.any(String), name: 'Offer' },
        node: 'test',
        startedAt: '2026-03-01T12:00:00.000Z',
        state: 'running',
        exposures: 0,
        arms: 2,
        verdict: 'unmet',
        winner: null,
      },
    ]);
    const { body } = await owner.get(`/api/experiments/${KEY}`);
    expect(body).toMatchObject({
      goals: ['bought'],
      goal: 'bought',
      sentence: 'Nobody has met this test yet.',
      sampleRatio: null,
      pace: 0,
      days: [],
      results: [
        {
          id: 'half',
          label: '50 % off',
          share: 0.5,
          exposures: 0,
          expected: null,
          rate: null,
          interval: null,
        },
        { id: 'two', label: '2 for 1', share: 0.5, exposures: 0, expected: null, rate: null, interval: null },
      ],
    });
  });

  test('tells which version works better', async () => {
    await meet('half', 1_000, 100, '2026-03-01T23:30:00Z');
    await meet('two', 1_010, 200, '2026-03-02T10:00:00Z');
    const { body } = await owner.get(`/api/experiments/${KEY}?goal=bought`);
    expect(body.results).toMatchObject([
      { exposures: 1_000, conversions: 100, rate: 0.1 },
      { exposures: 1_010, conversions: 200 },
    ]);
    const stands = { exposures: 2_010, verdict: 'better', winner: '2 for 1' };
    expect(body).toMatchObject(stands);
    expect((await owner.get('/api/experiments')).body).toMatchObject([stands]);
    const [comparison] = body.comparisons;
    expect(comparison.arm).toBe('two');
    expect(comparison.difference).toBeCloseTo(200 / 1_010 - 0.1, 10);
    expect(comparison.interval.low).toBeGreaterThan(0);
    expect(comparison.chanceBetter).toBeGreaterThan(0.99);
    expect(comparison.p).toBeLessThan(0.001);
    expect(comparison.expectedLoss).toBeLessThan(0.001);
    expect(body.results.map(({ expected }: { expected: number }) => expected)).toEqual([1_005, 1_005]);
    expect(body.sampleRatio).toMatchObject({ alarm: false });
    expect(body.sentence).toMatch(
      /^“2 for 1” works better: 19\.8\u00a0% of “2 for 1” reach “bought”, 10\.0\u00a0% of “50 % off”; the difference lies between \+\d/,
    );
    expect(body.days).toEqual([
      { day: '2026-03-01', arm: 'half', exposures: 1_000, conversions: 100 },
      { day: '2026-03-02', arm: 'two', exposures: 1_010, conversions: 200 },
    ]);
  });

  test('counts days in the workspace’s time zone', async () => {
    await owner.patch('/api/workspace', { name: 'ACME', timeZone: 'Europe/Berlin' });
    const { body } = await owner.get(`/api/experiments/${KEY}`);
    expect(body.days.map(({ day }: { day: string }) => day)).toEqual(['2026-03-02', '2026-03-02']);
  });

  test('can be taken along as a file', async () => {
    const { text, headers } = await owner.get(`/api/experiments/${KEY}/export`);
    expect(headers.get('content-disposition')).toBe('attachment; filename="test-offer.csv"');
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      'day,arm,label,exposures,goal,conversions',
      '2026-03-02,half,50 % off,1000,bought,100',
    ]);
    const versions = await owner.get(`/api/experiments/${KEY}/export?table=versions`);
    expect(versions.headers.get('content-disposition')).toBe(
      'attachment; filename="test-offer-versions.csv"',
    );
    const [head = '', first, second = ''] = versions.text.split('\r\n');
    expect(first).toMatch(/^half,50 % off,0\.500000,1000,1005\.000000,bought,100,0\.100000,0\.08.*,,,,,,$/);
    const cells = second.split(',');
    expect(cells.length).toBe(head.split(',').length);
    expect(Number(cells[head.split(',').indexOf('difference')])).toBeCloseTo(200 / 1_010 - 0.1, 6);
  });

  test('is not alarmed when its weights were changed on the way', async () => {
    clock.set('2026-03-10T12:00:00Z');
    owner = await signInAsOwner(server);
    const [flow] = (await owner.get('/api/flows')).body.items;
    await owner.put(`/api/flows/${flow.id}/draft`, { definition: offer(1, 9), revision: 1 });
    expect((await publishDraft(owner, flow.id, 2)).status).toBe(204);
    await meet('half', 105, 10, '2026-03-11T12:00:00Z');
    await meet('two', 900, 180, '2026-03-11T12:00:00Z');
    const { body } = await owner.get(`/api/experiments/${KEY}`);
    expect(body.results.map(({ share }: { share: number }) => share)).toEqual([0.1, 0.9]);
    expect(body.sampleRatio.alarm).toBe(false);
    // 1,005 people came after the 4th: 1,005 / 7 a day.
    expect(body.pace).toBeCloseTo(1_005 / 7, 6);
    expect(body.startedAt).toBe('2026-03-01T12:00:00.000Z');
  });

  test('is alarmed when people went where they should not', async () => {
    await meet('half', 500, 50, '2026-03-12T12:00:00Z');
    const { body } = await owner.get(`/api/experiments/${KEY}`);
    expect(body).toMatchObject({ sampleRatio: { alarm: true }, verdict: 'split-off', winner: null });
    expect(body.sentence).toBe(
      'Something is wrong with the split: “50 % off” got 1,605 people instead of about 1,156, “2 for 1” got 1,910 people instead of about 2,360. Do not decide by these rates before you know why.',
    );
  });

  test('says when nobody new comes to it any more', async () => {
    const [flow] = (await owner.get('/api/flows')).body.items;
    const state = async () => (await owner.get('/api/experiments')).body[0].state;
    await owner.put(`/api/flows/${flow.id}/draft`, { definition: offer(0, 1), revision: 2 });
    expect((await publishDraft(owner, flow.id, 3)).status).toBe(204);
    expect(await state()).toBe('one-version');
  });

  test.each([
    ['/none', 404, 'experiment.not-found'],
    ['/offer?goal=none', 422, 'experiment.goal-unknown'],
    ['/Offer!', 400, 'path.invalid'],
  ])('is not found at %s', async (path, status, code) => {
    const answer = await owner.get(`/api/experiments${path}`);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

describe('a result in a sentence', () => {
  const arm = (id: string, exposures: number, conversions: number): MeasuredArm => ({
    id,
    label: id,
    share: 0.5,
    exposures,
    conversions,
  });
  const sentence = (arms: MeasuredArm[], goal: string | null = 'buying') =>
    resultSentence({
      goal,
      results: arms.map((one) => armResult(one, null)),
      comparisons: goal === null ? [] : compareArms(arms),
      sampleRatio: checkSplit(
        arms,
        arms.map(() => 1),
      ),
    });

  test.each([
    [[arm('A', 0, 0), arm('B', 0, 0)], 'Nobody has met this test yet.'],
    [
      [arm('A', 1, 0), arm('B', 0, 0)],
      '1 person has met this test. It is too early to say more: at least 10 people of each version have to reach “buying”, and 10 not.',
    ],
    [
      [arm('A', 1_000, 100), arm('B', 1_000, 104)],
      'No clear difference so far: 10.4\u00a0% of “B” reach “buying”, 10.0\u00a0% of “A”; the difference lies between −4.3 and +5.1 points.',
    ],
    [
      [arm('A', 1_000, 200), arm('B', 1_000, 100)],
      '“A” works better: 20.0\u00a0% of “A” reach “buying”, 10.0\u00a0% of “B”; the difference lies between +4.6 and +15.4 points. It could be luck less than 1 time in a million.',
    ],
  ])('%j', (arms, words) => {
    const told = sentence(arms);
    // The figures are the statistics' own affair; here it matters that they are put into these words.
    expect(told.replace(/[+−]\d+\.\d/g, '#').replace(/1 time in [\d,a-z ]+/g, '1 time in #')).toBe(
      words.replace(/[+−]\d+\.\d/g, '#').replace(/1 time in [\d,a-z ]+/g, '1 time in #'),
    );
  });

  test('without a goal', () => {
    expect(sentence([arm('A', 5, 0), arm('B', 4, 0)], null)).toBe(
      '9 people have met this test. Draw a “Goal reached” step to learn which version works best.',
    );
  });
});

describe('weights over time', () => {
  const weights = (a: number, b: number) =>
    new Map([
      ['a', a],
      ['b', b],
    ]);
  const [march, april, may] = [new Date('2026-03-01'), new Date('2026-04-01'), new Date('2026-05-01')];

  test('say how a test stands', () => {
    expect(stateOf('live', weights(1, 1))).toBe('running');
    expect(stateOf('live', weights(0, 1))).toBe('one-version');
    expect(stateOf('paused', weights(1, 1))).toBe('paused');
    expect(stateOf('archived', weights(1, 1))).toBe('ended');
    expect(stateOf('live', null)).toBe('ended');
  });

  test('that give the same shares are one', () => {
    const all = [
      { from: march, weights: weights(1, 1) },
      { from: april, weights: weights(50, 50) },
      { from: may, weights: weights(1, 3) },
    ];
    expect(changesOf(all).map(({ from }) => from)).toEqual([march, may]);
  });

  test('lead to expect what each of them shared out', () => {
    const all = [
      { from: march, weights: weights(1, 1) },
      { from: may, weights: weights(1, 3) },
    ];
    expect(expectedCounts(['a', 'b', 'gone'], all, [100, 40])).toEqual([60, 80, 0]);
  });
});
