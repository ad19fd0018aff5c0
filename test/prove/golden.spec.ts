import { expect, test } from '@jest/globals';
import { TEMPLATES } from '#flows/templates/index.ts';
import { elsewhereSentences } from '#flows/prove/begun-elsewhere.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { triggerSchema } from '#flows/definition/schema.ts';
import { conversationsSchema } from '#shared/api/conversations.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { BRAND, HELP_CONTACT } from '../support/phone-stage.ts';
import { ask, end, FIRST, HELLO, parsed, read, say } from './draw.ts';

const program = { brand: BRAND, contact: HELP_CONTACT };
const trigger = (json: object) => triggerSchema.parse({ kind: 'keyword', ...json });

test.each(TEMPLATES.map((template) => [template.id, template] as const))(
  'the conversations of the template %s read as they were saved, along every line',
  (_, { definition, conversations, lists }) => {
    const policies = Object.fromEntries(lists.map(({ key, optIn }) => [key, { optIn }]));
    const { results, covered } = playGolden(
      read(definition),
      conversations,
      proofWorld({ lists: policies, program }),
    );
    expect(results.filter(({ same }) => !same)).toEqual([]);
    expect([...covered].filter(([, times]) => times === 0)).toEqual([]);
  },
);

test('a conversation begins when it says so, and else on a Thursday at midnight', () => {
  const hours = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }];
  const flow = parsed({
    nodes: {
      shop: ['window', { hours, closed: ['12-25'], zone: 'UTC' }],
      open: say('Open.'),
      closed: say('Closed.'),
      done: end,
    },
    edges: ['shop.open > open', 'shop.closed > closed', 'open.next > done', 'closed.next > done'],
  });
  const heard = (begins?: string) => {
    const conversation = {
      name: 'asks',
      ...(begins === undefined ? {} : { begins }),
      lines: [{ says: 'GO' }],
    };
    expect(conversationsSchema.parse([conversation])).toEqual([conversation]);
    return playGolden(flow, [conversation]).results[0]?.happened[1];
  };
  expect(heard()).toEqual({ hears: 'Closed.' });
  expect(heard('2026-12-24T10:00:00Z')).toEqual({ hears: 'Open.' });
  expect(heard('2026-12-25T10:00:00Z')).toEqual({ hears: 'Closed.' });
  expect(
    conversationsSchema.safeParse([{ name: 'x', begins: 'at ten', lines: [{ says: 'GO' }] }]).success,
  ).toBe(false);
});

test('a text that starts another flow is not answered in the words of this one, and goes along none of its lines', () => {
  const flow = parsed({ nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] });
  const saved = { name: 'joins', lines: [{ says: 'JOIN' }, { hears: HELLO }, { says: 'hi there' }] };
  const world = proofWorld({
    otherFlows: [
      { name: 'Summer club', triggers: [trigger({ words: ['JOIN'] })] },
      { name: 'Inbox', triggers: [trigger({ kind: 'unmatched' })] },
    ],
  });
  const { results, covered } = playGolden(flow, [saved], world);
  expect(results).toMatchObject([{ same: false, happened: [{ says: 'JOIN' }, { says: 'hi there' }] }]);
  expect(elsewhereSentences(results[0]?.elsewhere ?? [])).toEqual([
    '“JOIN” starts “Summer club”, not this flow.',
    '“hi there” starts “Inbox”, not this flow.',
  ]);
  expect([...covered]).toEqual([['hello.next', 0]]);
  const own = { name: 'goes', lines: [{ says: 'GO' }, { hears: HELLO }] };
  expect(playGolden(flow, [own], world).results).toMatchObject([{ same: true, elsewhere: [] }]);
});

test('a question that another flow interrupts is asked again, for what that one says is not known', () => {
  const flow = parsed({
    nodes: { ask: ask(FIRST), done: end },
    edges: ['ask.yes > done', 'ask.no > done', 'ask.other > done', 'ask.timeout > done'],
  });
  const world = proofWorld({
    otherFlows: [{ name: 'Summer club', triggers: [trigger({ words: ['JOIN'] })] }],
  });
  const [played] = playGolden(
    flow,
    [{ name: 'x', lines: [{ says: 'GO' }, { says: 'JOIN' }] }],
    world,
  ).results;
  const [, question] = played?.happened ?? [];
  expect(played?.happened).toEqual([{ says: 'GO' }, question, { says: 'JOIN' }, question]);
});

test('an edit shows as what is heard now, and which lines nobody goes along', () => {
  const flow = parsed({
    nodes: { ask: ask(FIRST), done: end },
    edges: ['ask.yes > done', 'ask.no > done', 'ask.other > done', 'ask.timeout > done'],
  });
  const saved = { name: 'says yes', lines: [{ says: 'GO' }, { hears: 'Hello!' }, { says: 'YES' }] };
  const { results, covered } = playGolden(flow, [saved]);
  expect(results).toMatchObject([{ name: 'says yes', same: false, expected: saved.lines }]);
  expect(results[0]?.happened).toEqual([
    { says: 'GO' },
    { hears: expect.stringContaining('hello!') },
    { says: 'YES' },
  ]);
  expect(Object.fromEntries(covered)).toEqual({
    'ask.yes': 1,
    'ask.no': 0,
    'ask.other': 0,
    'ask.timeout': 0,
  });
});
