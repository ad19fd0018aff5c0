import { describe, expect, test } from '@jest/globals';
import { firstWord, nameWord, sayWord, startWith } from '#flows/definition/change-word.ts';
import { openFlow } from '#flows/open.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { TEMPLATES } from '#flows/templates/index.ts';

describe('a flow that gets another word', () => {
  test.each(TEMPLATES)('goes as before: $id', ({ definition, conversations }) => {
    const old = openFlow(definition);
    if (old.definition === null) throw new Error('No flow.');
    const word = firstWord(old.definition) ?? '';
    const renamed = startWith(old.definition, conversations, 'PUFFIN');
    const flow = openFlow(renamed.definition);
    if (flow.definition === null) throw new Error('No flow.');
    expect(firstWord(flow.definition)).toBe('PUFFIN');
    expect(JSON.stringify(flow.definition.nodes)).not.toMatch(new RegExp(`Text ${word}\\b`));
    const before = playGolden(old, conversations).results;
    playGolden(flow, renamed.conversations).results.forEach(({ happened }, at) => {
      const heard = (before[at]?.happened ?? []).flatMap((line) => ('hears' in line ? [line.hears] : []));
      expect(happened.flatMap((line) => ('hears' in line ? [line.hears] : []))).toEqual(
        heard.map((text) => nameWord(text, word, 'PUFFIN')),
      );
    });
  });

  test('is as it was where that is its word already, or it has none, or none is named', () => {
    const [template] = TEMPLATES;
    const flow = openFlow(template?.definition);
    if (!template || flow.definition === null) throw new Error('No flow.');
    const { conversations } = template;
    const none = { ...flow.definition, triggers: [] };
    for (const [definition, word] of [
      [flow.definition, firstWord(flow.definition)],
      [flow.definition, null],
      [none, 'PUFFIN'],
    ] as const)
      expect(startWith(definition, conversations, word)).toEqual({ definition, conversations });
  });

  test('is named in its texts by whole words as they stand on the poster', () => {
    expect(nameWord('Text JOIN or join, no JOINERS; JOIN!', 'JOIN', 'IN$&')).toBe(
      'Text IN$& or join, no JOINERS; IN$&!',
    );
  });
});

test('a person says the new word where they began with the old one', () => {
  const lines = [
    { says: 'Join  now' },
    { says: 'join' },
    { says: 'I join' },
    { hears: 'JOIN' },
    { says: '' },
  ];
  expect(sayWord(lines, 'JOIN', 'CLUB')).toEqual([
    { says: 'CLUB  now' },
    { says: 'club' },
    { says: 'I join' },
    { hears: 'JOIN' },
    { says: '' },
  ]);
  expect(sayWord([{ says: 'summer club please' }], 'Summer Club', 'WIN')).toEqual([{ says: 'win please' }]);
});
