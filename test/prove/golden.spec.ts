import { expect, test } from '@jest/globals';
import { TEMPLATES } from '#flows/templates/index.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { conversationsSchema } from '#shared/api/conversations.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { BRAND, HELP_CONTACT } from '../support/phone-stage.ts';
import { ask, end, FIRST, parsed, read, say } from './draw.ts';

const program = { brand: BRAND, contact: HELP_CONTACT };

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
