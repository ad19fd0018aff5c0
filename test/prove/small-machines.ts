import * as fc from '../support/properties.ts';
import type { Sketch } from './draw.ts';

const duration = fc.constantFrom('1h', '2d');
const list = fc.constantFrom('news', 'club');
const condition = fc.oneof(
  fc.record({
    variable: fc.constantFrom('contact.city', 'answers.size', 'run.keyword'),
    operator: fc.constantFrom('equals', 'not-equals', 'contains'),
    value: fc.constantFrom('Paris', 'yes', 'GO'),
  }),
  fc.record({
    variable: fc.constantFrom('contact.city', 'answers.score'),
    operator: fc.constantFrom('is-set', 'is-not-set'),
  }),
  fc.constant({ variable: 'contact.tags', operator: 'has-word', value: 'vip' }),
  fc.record({
    variable: fc.constant('answers.score'),
    operator: fc.constantFrom('greater', 'less'),
    value: fc.constantFrom(3, 8),
  }),
);

const KINDS: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  message: fc.oneof(
    fc.record({ text: fc.constant('A text.'), purpose: fc.constantFrom('reply', 'service', 'legal') }),
    fc.record({ text: fc.constant('An offer.'), purpose: fc.constant('marketing'), list }),
    fc.record({
      text: fc.constant('A code.'),
      purpose: fc.constantFrom('reply', 'service'),
      delivery: duration,
    }),
  ),
  age: fc.record({
    text: fc.constant('Old enough?'),
    years: fc.constantFrom(18, 21),
    by: fc.constant('yes'),
    retries: fc.constant(0),
    timeout: duration,
  }),
  question: fc.record(
    {
      text: fc.constant('Well?'),
      answers: fc.constantFrom(
        [],
        [{ id: 'yes', words: ['YES'] }],
        [
          { id: 'yes', words: ['YES'] },
          { id: 'paris', words: ['Paris'] },
        ],
      ),
      retries: fc.integer({ min: 0, max: 1 }),
      purpose: fc.constantFrom('reply', 'service'),
      saveAs: fc.constant('size'),
      timeout: duration,
    },
    { requiredKeys: ['text', 'answers', 'retries', 'purpose'] },
  ),
  confirm: fc.record({ text: fc.constant('Sure?'), list, retries: fc.constant(0), timeout: duration }),
  nps: fc.record({ text: fc.constant('Score?'), retries: fc.constant(0), timeout: duration }),
  branch: fc.record({
    cases: fc
      .uniqueArray(condition, { minLength: 1, maxLength: 2 })
      .map((conditions) => conditions.map((when, i) => ({ id: `case-${i}`, when }))),
  }),
  split: fc.record({
    experiment: fc.constant('test'),
    arms: fc.constantFrom(
      [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 1 },
      ],
      [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 0 },
      ],
    ),
  }),
  subscribe: fc.record({ list, action: fc.constantFrom('join', 'leave') }),
  'set-field': fc.record({
    field: fc.constant('city'),
    value: fc.constantFrom(
      { kind: 'text', text: 'Paris' },
      { kind: 'text', text: 'Rome' },
      { kind: 'answer', answer: 'size' },
    ),
  }),
  'contest-entry': fc.record({ contest: fc.constantFrom('draw', 'prize') }),
  voucher: fc.record({ pool: fc.constantFrom('spring', 'summer'), saveAs: fc.constant('voucher') }),
  window: fc.record({
    hours: fc.constant([{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }]),
    zone: fc.constant('contact'),
    wait: fc.boolean(),
  }),
  tag: fc.constantFrom({ add: ['vip'] }, { remove: ['vip'] }, { add: ['gold'] }),
  webhook: fc.record({
    url: fc.constant('https://shop.example.com/score'),
    save: fc.constantFrom([], [{ from: '/score', as: 'score' }]),
  }),
  'wait-event': fc.record(
    { event: fc.constantFrom('paid', 'sent'), saveAs: fc.constant('score'), timeout: duration },
    { requiredKeys: ['event'] },
  ),
  delay: fc.record({ duration }),
  goal: fc.constant({ goal: 'won' }),
  end: fc.constant({}),
};

const PORTS: Record<string, readonly string[]> = {
  message: ['next', 'failed', 'timeout', 'suppressed'],
  age: ['old-enough', 'too-young', 'other', 'timeout', 'suppressed'],
  question: ['yes', 'paris', 'answered', 'other', 'timeout', 'suppressed'],
  confirm: ['confirmed', 'declined', 'unclear', 'timeout', 'suppressed'],
  nps: ['promoter', 'passive', 'detractor', 'unclear', 'timeout'],
  branch: ['case-0', 'case-1', 'else'],
  split: ['a', 'b'],
  'contest-entry': ['entered', 'already', 'closed'],
  voucher: ['given', 'had', 'none-left'],
  window: ['open', 'closed'],
  webhook: ['ok', 'error', 'timeout'],
  'wait-event': ['happened', 'timeout'],
  end: [],
};

const IDS = ['n0', 'n1', 'n2', 'n3', 'n4'];

const step = fc
  .constantFrom(...Object.keys(KINDS))
  .chain((kind) => fc.tuple(fc.constant(kind), KINDS[kind] ?? fc.constant({})));

/** Flows of a few steps of every kind, drawn any which way: open ends, rounds and lines that nobody takes included. */
export const smallMachine: fc.Arbitrary<Sketch> = fc
  .array(step, { minLength: 1, maxLength: IDS.length })
  .chain((steps) => {
    const ids = IDS.slice(0, steps.length);
    const ports = steps.flatMap(([kind], i) => (PORTS[kind] ?? ['next']).map((port) => `${ids[i]}.${port}`));
    const targets = ports.map(() => fc.option(fc.constantFrom(...ids), { freq: 6 }));
    return fc.tuple(...targets).map((chosen) => ({
      nodes: Object.fromEntries(steps.map((one, i) => [ids[i], one])),
      edges: ports.flatMap((port, i) => (chosen[i] ? [`${port} > ${chosen[i]}`] : [])),
    }));
  });
