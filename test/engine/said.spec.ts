import { describe, expect, test } from '@jest/globals';
import type { ContactState, Decision, Happening } from '#flows/engine/world.ts';
import { happens } from '../support/deciding.ts';
import { published, stranger, worldOf } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';

const DAY = 86_400_000;

/** Asks, waits for a day whatever the answer was, and joins. */
const club = published({
  schemaVersion: 1,
  name: 'Club',
  triggers: [{ kind: 'keyword', words: ['JOIN', 'WHO'] }],
  nodes: [
    {
      id: 'ask',
      kind: 'question',
      config: {
        text: 'May we text you?',
        purpose: 'service',
        answers: [{ id: 'yes', label: 'Yes', words: ['yes'] }],
        retries: 1,
        timeout: '24h',
      },
    },
    { id: 'day', kind: 'delay', config: { duration: '1d' } },
    { id: 'join', kind: 'subscribe', config: { list: 'news' } },
  ],
  edges: [
    { from: 'ask', port: 'yes', to: 'day' },
    { from: 'ask', port: 'other', to: 'day' },
    { from: 'ask', port: 'timeout', to: 'day' },
    { from: 'ask', port: 'suppressed', to: 'day' },
    { from: 'day', port: 'next', to: 'join' },
  ],
  start: 'ask',
});
const leaving = published(
  {
    schemaVersion: 1,
    name: 'Less',
    triggers: [{ kind: 'keyword', words: ['LESS'] }],
    nodes: [{ id: 'leave', kind: 'subscribe', config: { list: 'news', action: 'leave' } }],
    edges: [],
    start: 'leave',
  },
  'leaving',
);
const confirming = published(
  {
    schemaVersion: 1,
    name: 'Confirm',
    triggers: [{ kind: 'keyword', words: ['CLUB'] }],
    nodes: [
      { id: 'tea', kind: 'question', config: { text: 'Tea?', purpose: 'service' } },
      { id: 'ask', kind: 'confirm', config: { text: 'YES?', list: 'news' } },
    ],
    edges: [{ from: 'tea', port: 'answered', to: 'ask' }],
    start: 'tea',
  },
  'confirming',
);
const SINGLE = worldOf([club, leaving], { news: 'single' });
const DOUBLE = worldOf([confirming], { news: 'double' });

/** Something that happens to a person, as a test writes it. */
type Turn = 'campaign' | 'release' | 'wakes' | { says: string; readAt?: number };

/** Lets things happen to somebody, one a millisecond unless `at` says when. */
function happen(turn: Turn, contact: ContactState, at: number, world = SINGLE): Decision {
  // What is over is not read again.
  contact.runs = contact.runs.filter(({ status }) => status !== 'ended');
  const [run] = contact.runs.filter(({ wakeAt }) => wakeAt !== null);
  const turns = {
    campaign: { kind: 'start', flow: world === SINGLE ? club : confirming, at },
    release: { kind: 'consent', do: 'release', words: null, at },
    wakes: { kind: 'wake', runId: run?.id ?? '', seq: run?.seq ?? 0, at },
  } as const satisfies Record<string, Happening>;
  if (typeof turn === 'string') return happens(contact, turns[turn], world);
  const { says: text, readAt } = turn;
  const message: Happening =
    readAt === undefined ? { kind: 'message', text, at } : { kind: 'message', text, at: readAt, saidAt: at };
  return happens(contact, message, world);
}

const stateAfter = (turns: readonly Turn[], world = SINGLE): string | undefined => {
  const contact = stranger();
  for (const [at, turn] of turns.entries()) happen(turn, contact, at + 1, world);
  return contact.consents.news?.state;
};

const says = (text: string): Turn => ({ says: text });

describe('joining a day after somebody was asked', () => {
  test.each([
    ['rests on their yes', [says('YES'), 'wakes'], 'confirmed'],
    ['rests on nothing they said that was not understood', [says('huh'), says('what'), 'wakes'], 'pending'],
    ['rests on no silence', ['wakes', 'wakes'], 'pending'],
    ['rests on no yes before they left', [says('YES'), says('LESS'), 'wakes'], 'revoked'],
    ['rests on no yes before what may be a STOP', [says('YES'), says('not interested'), 'wakes'], 'pending'],
    [
      'does, once somebody has read that',
      [says('YES'), says('wrong number'), 'release', 'wakes'],
      'confirmed',
    ],
  ] as const)('%s', (_, turns, state) => {
    expect(stateAfter(['campaign', ...turns])).toBe(state);
  });

  test('opens nothing that waits to be read, whoever began the flow', () => {
    const contact = stranger();
    for (const [at, turn] of [says('JOIN'), says('YES'), says('not interested'), 'wakes' as const].entries())
      happen(turn, contact, at + 1);
    expect(contact).toMatchObject({ frozen: true, consents: { news: { state: 'pending' } } });
  });

  test('rests on the keyword where that began the flow', () => {
    expect(stateAfter([says('JOIN'), 'wakes', 'wakes'])).toBe('confirmed');
    expect(stateAfter([says('JOIN'), 'wakes', says('LESS'), 'wakes'])).toBe('revoked');
    expect(stateAfter([says('who is this?'), 'wakes', 'release', 'wakes'])).toBe('pending');
  });
});

describe('a yes', () => {
  const late = (text: string): Turn => ({ says: text, readAt: 10 * DAY });

  test('confirms the question that it answers, whoever had it asked', () => {
    expect(stateAfter(['campaign', says('Please'), says('YES')], DOUBLE)).toBe('confirmed');
    expect(stateAfter([says('CLUB'), says('Please'), says('YES')], DOUBLE)).toBe('confirmed');
    expect(stateAfter([says('CLUB'), says('Please'), late('YES')], DOUBLE)).toBe('confirmed');
  });

  test('that was texted before the question answers none, though it is read after it', () => {
    for (const begin of ['campaign', says('CLUB')] as const) {
      const contact = stranger();
      happen(begin, contact, DAY, DOUBLE);
      happen(says('Please'), contact, 3 * DAY, DOUBLE);
      happen(late('YES'), contact, 2 * DAY, DOUBLE);
      expect(contact.consents.news?.state).toBe('pending');
    }
  });
});

test('nobody is confirmed but by what they said to the flow after they last left, stopped or may have', () => {
  const turn = fc.constantFrom<Turn>(
    'campaign',
    'wakes',
    'wakes',
    'release',
    ...['JOIN', 'who is this?', 'YES', 'YES', 'huh', 'not interested', 'LESS', 'STOP', 'START'].map(says),
  );
  let confirmed = 0;
  fc.assert(
    fc.property(fc.array(turn, { minLength: 3, maxLength: 14 }), (turns) => {
      const contact = stranger();
      /** By run: when its person said something it went on by, where that is known to be no STOP. */
      const said = new Map<string, number | null>();
      let [undone, doubted] = [0, 0];
      for (const [before, one] of turns.entries()) {
        const at = before + 1;
        const wasOpen = !contact.stopped && !contact.frozen;
        const { effects, route, runs, trails } = happen(one, contact, at);
        const isDoubt = effects.some((effect) => effect.kind === 'standing' && effect.because === 'unsure');
        if (isDoubt) doubted = at;
        if (one === 'release') doubted = 0;
        for (const { kind, ...effect } of effects)
          if (kind === 'consent' && 'to' in effect && effect.to === 'revoked') undone = at;
        if (route.by === 'reserved' && route.meaning === 'stop') undone = at;
        if (route.by === 'start' && route.refused === null) said.set(route.runId, null);
        const isTaken = route.by === 'answer' || route.by === 'older-answer' || route.by === 'catch-all';
        if (isTaken && route.category !== 'other') said.set(route.runId, isDoubt ? null : at);
        if (route.by === 'keyword' && !route.resumed && route.flowId === 'flow')
          for (const { id, startedAt } of runs) if (startedAt === at) said.set(id, isDoubt ? null : at);
        for (const { runId, steps } of trails) {
          if (!steps.some((step) => step.do === 'event')) continue;
          const isJoin = effects.some((effect) => effect.kind === 'consent' && effect.because === 'opt-in');
          if (!isJoin || !runs.some((run) => run.id === runId && run.flow === club)) continue;
          const word = said.get(runId) ?? 0;
          const isFree = wasOpen || word >= doubted;
          const isConfirmed = contact.consents.news?.state === 'confirmed';
          expect([turns, isConfirmed]).toEqual([turns, word > undone && isFree]);
          if (isConfirmed) confirmed++;
        }
      }
    }),
    { numRuns: 600 },
  );
  expect(confirmed).toBeGreaterThan(20);
});
