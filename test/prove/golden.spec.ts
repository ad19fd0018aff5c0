import { expect, test } from '@jest/globals';
import { TEMPLATES } from '#flows/templates/index.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { BRAND, HELP_CONTACT } from '../support/phone-stage.ts';
import { ask, end, FIRST, parsed, read } from './draw.ts';

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
