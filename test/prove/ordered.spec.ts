import { describe, expect, test } from '@jest/globals';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { ask, end, FIRST, HELLO, parsed, say, type Sketch } from './draw.ts';

const LISTS = { club: { optIn: 'single' } } as const;
const found = (sketch: Sketch, ordered: boolean | null) =>
  prove(parsed(sketch), proofWorld({ lists: LISTS, otherFlows: [], ordered })).findings;
const codes = (sketch: Sketch, ordered: boolean | null) =>
  found(sketch, ordered).map(({ code, severity, place }) => [code, severity, place.node]);

/** A hello, a question, and an end, whatever is answered. */
const greeting = (purpose: string, more: Partial<Sketch> = {}): Sketch => ({
  nodes: { hello: say(FIRST, { purpose }), ask: ask('Tea?', { purpose: 'service' }), done: end },
  edges: ['hello.next > ask', 'ask.yes > done', 'ask.no > done', 'ask.other > done', 'ask.timeout > done'],
  ...more,
});

describe('a flow that a campaign or the API begins', () => {
  test('sends no replies to people who have not texted', () => {
    expect(codes(greeting('reply'), true)).toEqual([['reply.unasked', 'error', 'hello']]);
    const [first] = found(greeting('reply'), true);
    expect(first?.witness).toMatchObject({
      replayed: true,
      given: ['has not texted: a campaign or the API begins it'],
    });
    expect(codes(greeting('service'), true)).toEqual([]);
  });

  test('is one that nothing else starts, unless somebody says so', () => {
    const unstarted = { keywords: [] };
    expect(codes(greeting('reply', unstarted), null)).toContainEqual(['reply.unasked', 'warning', 'hello']);
    expect(codes(greeting('reply', unstarted), false).map(([code]) => code)).not.toContain('reply.unasked');
    expect(codes(greeting('reply'), null)).toEqual([]);
  });

  test('may answer what people text later, and say what happens where it may not', () => {
    const later: Sketch = {
      nodes: {
        ask: ask(FIRST, { purpose: 'service' }),
        thanks: say('Thanks.', { purpose: 'reply' }),
        done: end,
      },
      edges: [
        'ask.yes > thanks',
        'ask.no > done',
        'ask.other > done',
        'ask.timeout > done',
        'thanks.next > done',
      ],
    };
    expect(codes(later, true)).toEqual([]);
    const drawn = greeting('reply');
    expect(codes({ ...drawn, edges: [...drawn.edges, 'hello.suppressed > done'] }, true)).toEqual([]);
  });

  test('has no keyword to tell people of', () => {
    const tells = (variable: string, more: Partial<Sketch> = {}): Sketch => {
      const hello = say(`${FIRST} You texted {{run.${variable}}}.`, { purpose: 'service' });
      const sketch = greeting('service', more);
      return { ...sketch, nodes: { ...sketch.nodes, hello } };
    };
    expect(codes(tells('keyword'), null)).toEqual([]);
    expect(codes(tells('keyword'), true)).toEqual([['variable.unasked', 'warning', 'hello']]);
    expect(codes(tells('keyword | default: "us"'), true)).toEqual([]);
    expect(found(tells('keyword'), true)[0]?.witness).toMatchObject({
      replayed: true,
      given: ['has not texted: a campaign or the API begins it'],
      lines: [{ hears: `${HELLO} You texted .` }, { hears: 'Tea?' }],
    });
    expect(codes(tells('keyword', { keywords: [] }), null)).toContainEqual([
      'variable.unasked',
      'warning',
      'hello',
    ]);
    const poster = { kind: 'keyword', words: ['GO'], medium: 'poster' };
    expect(codes(tells('medium', { triggers: [poster] }), null)).toEqual([]);
    expect(codes(tells('medium', { triggers: [poster] }), true)).toEqual([
      ['variable.unasked', 'warning', 'hello'],
    ]);
    const missing = [['variable.missing', 'warning', 'hello']];
    expect(codes(tells('medium'), null)).toEqual(missing);
    expect(codes(tells('keyword', { triggers: [{ kind: 'unmatched' }] }), null)).toEqual(missing);
  });

  test('knows no keyword, and begins nothing with those who said STOP', () => {
    const fork: Sketch = {
      keywords: [],
      nodes: {
        fork: ['branch', { cases: [{ id: 'by', when: { variable: 'run.keyword', operator: 'is-set' } }] }],
        hello: say(FIRST, { purpose: 'marketing', list: 'club' }),
        join: ['subscribe', { list: 'club' }],
        done: end,
      },
      edges: ['fork.by > join', 'fork.else > join', 'join.next > hello', 'hello.next > done'],
    };
    // Who has said nothing joins nothing. A wrong guess would find marketing to somebody who left, or a way on that nobody takes, too.
    expect(codes(fork, true)).toEqual([
      ['trigger.none', 'warning', undefined],
      ['marketing.unanswered', 'error', 'hello'],
      ['opt-in.unasked', 'error', 'join'],
    ]);
    const asked: Sketch = {
      ...fork,
      nodes: { ...fork.nodes, ask: ask(FIRST, { purpose: 'service' }) },
      edges: [
        ...['fork.by', 'fork.else'].map((port) => `${port} > ask`),
        ...['no', 'other', 'timeout'].map((port) => `ask.${port} > done`),
        'ask.yes > join',
        'join.next > hello',
        'hello.next > done',
      ],
    };
    expect(codes(asked, true)).toEqual([['trigger.none', 'warning', undefined]]);
    // A yes counts a day later as well; what was not understood does not, and silence never.
    const late: Sketch = {
      ...asked,
      nodes: { ...asked.nodes, day: ['delay', { duration: '1d' }] },
      edges: [...asked.edges.filter((edge) => edge !== 'ask.yes > join'), 'ask.yes > day', 'day.next > join'],
    };
    expect(codes(late, true)).toEqual([['trigger.none', 'warning', undefined]]);
    for (const port of ['other', 'timeout']) {
      const edges = late.edges.map((edge) => (edge === `ask.${port} > done` ? `ask.${port} > day` : edge));
      expect(codes({ ...late, edges }, true)).toContainEqual(['opt-in.unasked', 'error', 'join']);
    }
  });
});
