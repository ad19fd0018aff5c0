import { describe, expect, test } from '@jest/globals';
import { play, printTranscript } from '#flows/engine/transcript.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { costOf } from '#flows/prove/cost.ts';
import { generate } from '#flows/prove/generate.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { BRAND, HELP_CONTACT, passagesOf, stagePhone } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';
import { bigFlow } from './big-flow.ts';
import { ask, drawn, end, FIRST, parsed, read, say } from './draw.ts';
import { smallMachine } from './small-machines.ts';

const WORLD = proofWorld({ lists: { news: { optIn: 'double' }, club: { optIn: 'single' } }, otherFlows: [] });
const linesOf = ({ definition }: ReturnType<typeof read>) =>
  definition.edges.map(({ from, port }) => `${from}.${port}`);

describe('generated conversations', () => {
  test.each(TEMPLATES.map((template) => [template.id, template] as const))(
    'of the template %s go along every line, and read the same on the phone of every other test',
    async (_, { definition, lists }) => {
      const policies = Object.fromEntries(lists.map(({ key, optIn }) => [key, optIn]));
      const world = proofWorld({
        lists: Object.fromEntries(lists.map(({ key, optIn }) => [key, { optIn }])),
        otherFlows: [],
        program: { brand: BRAND, contact: HELP_CONTACT },
      });
      const { conversations, covered, uncovered } = generate(read(definition), world);
      expect(uncovered).toEqual([]);
      expect([...covered]).toEqual(expect.arrayContaining(linesOf(read(definition))));
      const passed = new Set<string>();
      for (const conversation of conversations) {
        const { driver, phone } = stagePhone(definition, conversation, policies);
        const lines = await play(conversation.lines, driver);
        expect(printTranscript(lines)).toBe(printTranscript(conversation.lines));
        for (const line of passagesOf(phone)) passed.add(line);
      }
      expect(linesOf(read(definition)).filter((line) => !passed.has(line))).toEqual([]);
      expect(new Set(conversations.map(({ name }) => name)).size).toBe(conversations.length);
    },
  );

  test('of any flow do go along the lines they say, each along one that no other does', () => {
    fc.assert(
      fc.property(smallMachine, (sketch) => {
        const flow = parsed(sketch);
        const { conversations, covered, uncovered } = generate(flow, WORLD);
        const lines = new Set(linesOf(flow));
        expect([...lines].filter((line) => !covered.has(line)).length).toBe(
          new Set(uncovered.map(({ node, port }) => `${node}.${port}`)).size,
        );
        expect(conversations.length).toBeLessThanOrEqual(Math.max(lines.size, 1));
        const again = playGolden(flow, conversations, WORLD);
        expect(again.results.filter(({ same }) => !same)).toEqual([]);
        expect([...again.covered].flatMap(([line, times]) => (times > 0 ? [line] : [])).sort()).toEqual(
          [...covered].sort(),
        );
        for (const { why } of uncovered) expect(why).toMatch(/^.+\.$/);
      }),
      { numRuns: 100 },
    );
  });

  test('say why a line is gone along by nobody new', () => {
    const flow = parsed({
      nodes: {
        hello: say(FIRST, { purpose: 'service' }),
        leave: say('You left us.', { purpose: 'reply' }),
        offer: say('Half price! STOP to end.', { purpose: 'marketing', list: 'club' }),
        done: end,
      },
      edges: [
        'hello.next > offer',
        'hello.suppressed > done',
        'offer.next > done',
        'offer.suppressed > leave',
        'leave.next > done',
      ],
    });
    const { uncovered, conversations } = generate(flow, WORLD);
    expect(uncovered).toEqual([
      { node: 'offer', port: 'next', why: 'Only somebody comes along it who is on club.' },
    ]);
    expect(conversations.map(({ name }) => name)).toEqual([
      'Not allowed to text',
      'STOP, Not allowed to text',
    ]);
  });

  test('of a big flow go along every line that can be gone along', () => {
    const flow = parsed(bigFlow(40));
    const { covered, uncovered } = generate(flow, proofWorld({ otherFlows: [] }), { exactStates: 500 });
    // The first station asks about an answer that is given later only.
    expect(linesOf(flow).filter((line) => !covered.has(line))).toEqual(['fork-0.seen']);
    expect(uncovered).toEqual([
      {
        node: 'fork-0',
        port: 'seen',
        why: 'Nothing leads along it: what that takes cannot be true together.',
      },
    ]);
  });
});

describe('where the hour decides, conversations begin', () => {
  const open = (config: object = {}) =>
    [
      'window',
      { hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }], zone: 'UTC', ...config },
    ] as const;
  const spoken = (sketch: Parameters<typeof parsed>[0]) => {
    const flow = parsed(sketch);
    const { conversations, uncovered } = generate(flow, WORLD);
    expect(uncovered).toEqual([]);
    return conversations;
  };
  const says = (text: string) => say(text, { purpose: 'service' });

  test('when it is open, closed, and closed again after a while', () => {
    const conversations = spoken({
      nodes: {
        first: open(),
        hi: says('Somebody is there.'),
        shut: says('Nobody is there.'),
        later: ['delay', { duration: '7h' }],
        second: open(),
        still: says('Somebody is there still.'),
        gone: says('Nobody is there any more.'),
        done: end,
      },
      edges: [
        'first.open > hi',
        'first.closed > shut',
        'hi.next > later',
        'shut.next > done',
        'later.next > second',
        'second.open > still',
        'second.closed > gone',
        'still.next > done',
        'gone.next > done',
      ],
    });
    expect(conversations.map(({ begins }) => begins)).toEqual([
      undefined,
      '2026-02-02T09:00:00Z',
      '2026-02-02T12:00:00Z',
    ]);
  });

  test('in half an hour of a week, and on a day of a year', () => {
    const conversations = spoken({
      nodes: {
        half: open({ hours: [{ days: [3], from: '10:10', to: '10:40' }] }),
        yes: says('You are lucky.'),
        party: open({
          hours: [{ days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '24:00' }],
          closed: ['02-29'],
        }),
        leap: says('Once in four years.'),
        done: end,
      },
      edges: [
        'half.open > yes',
        'half.closed > party',
        'yes.next > done',
        'party.open > done',
        'party.closed > leap',
        'leap.next > done',
      ],
    });
    expect(conversations.map(({ begins }) => begins)).toEqual(
      expect.arrayContaining(['2026-02-04T10:25:00Z']),
    );
  });
});

test('lines inside a flow that a step holds are that flow’s own to cover', () => {
  const never = { id: 'never', when: { variable: 'run.keyword', operator: 'equals', value: 'NEVER' } };
  const inside = drawn({
    keywords: [],
    nodes: { fork: ['branch', { cases: [never] }], hi: say('Hi.', { purpose: 'service' }), done: end },
    edges: ['fork.never > done', 'fork.else > hi', 'hi.next > done'],
  });
  const holder = [
    'subflow',
    { flow: { id: 'inner', name: 'Inner', version: 1 }, definition: inside },
  ] as const;
  const flow = parsed({
    nodes: { hello: say(FIRST), holder, again: ['branch', { cases: [never] }], done: end },
    edges: ['hello.next > holder', 'holder.done > again', 'again.never > done', 'again.else > done'],
  });
  const { covered, uncovered } = generate(flow, WORLD);
  expect(uncovered.map(({ node, port }) => `${node}.${port}`)).toEqual(['again.never']);
  expect([...covered].sort()).toEqual(['again.else', 'hello.next', 'holder.done']);
});

describe('the cost of a flow', () => {
  const flow = {
    nodes: {
      name: ask(FIRST, { answers: [], saveAs: 'name' }),
      thanks: say(`Thanks, {{answers.name}}! ${'We are glad. '.repeat(10)}`, { purpose: 'service' }),
      done: end,
    },
    edges: ['name.answered > thanks', 'name.timeout > done', 'thanks.next > done'],
  };

  test('is counted in segments, for every text and every conversation', () => {
    const { texts, paths, min, max } = costOf(parsed(flow), WORLD);
    expect(texts).toEqual([
      { node: 'name', field: 'text', language: 'en', segments: { min: 1, likely: 1, max: 1 }, dear: [] },
      { node: 'thanks', field: 'text', language: 'en', segments: { min: 1, likely: 1, max: 3 }, dear: [] },
    ]);
    expect(paths).toEqual([
      { name: 'No reply for 24 hours', texts: 1, segments: { min: 1, likely: 1, max: 1 } },
      { name: 'Any reply', texts: 2, segments: { min: 2, likely: 2, max: 4 } },
    ]);
    expect([min, max]).toEqual([1, 4]);
  });

  test('follows the bounds that somebody gives a variable', () => {
    const bounds = { 'answers.name': { min: 3, likely: 30, max: 30, plain: true } };
    const { texts } = costOf(parsed(flow), WORLD, { bounds });
    expect(texts[1]?.segments).toEqual({ min: 1, likely: 2, max: 2 });
  });

  test('has no upper end where somebody can go round', () => {
    const round = {
      nodes: { ask: ask(FIRST), done: end },
      edges: ['ask.yes > ask', 'ask.no > done', 'ask.other > done', 'ask.timeout > done'],
    };
    expect(costOf(parsed(round), WORLD)).toMatchObject({ min: 1, max: null });
    expect(drawn(round)).toHaveProperty('start', 'ask');
  });
});
