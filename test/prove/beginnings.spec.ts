import { describe, expect, test } from '@jest/globals';
import { readPattern } from '#shared/sms/pattern.ts';
import { normalise } from '#shared/sms/text.ts';
import { printTranscript } from '#flows/engine/transcript.ts';
import { generate } from '#flows/prove/generate.ts';
import { prove } from '#flows/prove/prove.ts';
import { STOPPED } from '#flows/prove/facts.ts';
import { groundOf } from '#flows/prove/ground.ts';
import { subjectOf } from '#flows/prove/subject.ts';
import { textFor } from '#flows/prove/text-for-pattern.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { ask, end, FIRST, parsed, say, type Sketch } from './draw.ts';

const WORLD = proofWorld({ lists: { club: { optIn: 'single' } }, otherFlows: [] });

const shown = (sketch: Sketch) =>
  prove(parsed(sketch), WORLD).findings.map(({ code, witness }) => [
    code,
    witness?.replayed,
    printTranscript(witness?.lines ?? []).split('\n')[0],
  ]);
const broken = {
  nodes: { ask: ask(FIRST), done: end },
  edges: ['ask.no > done', 'ask.other > done', 'ask.timeout > done'],
};
const fork = (variable: string, operator: string, value?: string) =>
  ['branch', { cases: [{ id: 'it', when: { variable, operator, ...(value ? { value } : {}) } }] }] as const;
/** A flow whose branch leads on by what is known when it begins, and what is wrong with it. */
const codesOf = (
  decide: ReturnType<typeof fork>,
  triggers: readonly unknown[],
  more: Partial<Sketch> = {},
) => {
  const nodes = { fork: decide, hello: say(FIRST), done: end };
  const edges = ['fork.it > hello', 'fork.else > hello', 'hello.next > done'];
  return prove(parsed({ nodes, edges, triggers, ...more }), WORLD).findings.map(
    ({ code, place }) => `${code} ${place.port}`,
  );
};

describe('a flow begins', () => {
  test('with a text that its pattern fits', () => {
    const triggers = [{ kind: 'keyword', words: ['^win\\s+[a-c]{2}\\d+$'], match: 'pattern' }];
    expect(shown({ ...broken, triggers })).toEqual([['port.open', true, '> win aa1']]);
    expect(generate(parsed({ ...broken, triggers }), WORLD).uncovered).toEqual([]);
  });

  test('with a text that nothing else takes', () => {
    expect(shown({ ...broken, triggers: [{ kind: 'unmatched' }] })).toEqual([['port.open', true, '> Blue']]);
    const rest = [{ kind: 'unmatched' }];
    expect(codesOf(fork('run.keyword', 'is-set'), rest)).toEqual(['line.never it']);
  });

  test('with a text that its pattern fits and that is no STOP', () => {
    const triggers = [{ kind: 'keyword', words: ['^(stop all|stay) texts?$'], match: 'pattern' }];
    expect(shown({ ...broken, triggers })).toEqual([['port.open', true, '> stay text']]);
  });

  test('with nobody who said STOP, where only a pattern fits', () => {
    const nodes = { hello: say(FIRST, { purpose: 'service' }), done: end };
    const met = (match: string) => {
      const triggers = [{ kind: 'keyword', words: ['win'], match }];
      const flow = parsed({ nodes, edges: ['hello.next > done'], triggers });
      const { edges } = subjectOf(groundOf(flow, WORLD), []).exploration;
      return edges.some(({ assumed }) =>
        assumed.some(({ fact, value }) => fact === STOPPED && value === true),
      );
    };
    expect([met('contains'), met('pattern')]).toEqual([true, false]);
  });

  test('by strangers only, who have no history', () => {
    const knownOnly = [{ kind: 'keyword', words: ['GO'], known: 'known' }];
    const strangers = [{ kind: 'keyword', words: ['GO'], known: 'unknown' }];
    const paris = fork('contact.city', 'equals', 'Paris');
    expect(codesOf(paris, knownOnly)).toEqual([]);
    expect(codesOf(paris, strangers)).toEqual(['line.never it']);
    expect(codesOf(paris, [...strangers, { kind: 'keyword', words: ['BACK'] }])).toEqual([]);
  });

  test('in the language that its keyword asks for', () => {
    const triggers = [{ kind: 'keyword', words: ['BONJOUR'], language: 'fr' }];
    const more = { languages: ['en', 'fr'], translations: { fr: { 'hello.text': FIRST } } };
    expect(codesOf(fork('contact.language', 'equals', 'fr'), triggers, more)).toEqual(['line.never else']);
  });
});

describe('a text for a pattern', () => {
  test.each([
    'pizza',
    '^win\\b',
    '(red|green) card',
    '^[a-z]{3}-?\\d{4,6}$',
    '^(?:yes|no)(?: please)?$',
    '[^a-z ]{2}',
    '\\bcode[: ]+([0-9a-f]{8})\\b',
    '^\\p{Greek}+$',
    'a+b*c?',
    '^[[:digit:]]+ euros?$',
    '(?P<size>xxl|xl) shirt',
    '^\\$\\d+\\.\\d\\d$',
    '^.{5,}$',
  ])('%s', (source) => {
    const text = textFor(source);
    const pattern = readPattern(source);
    if (source.includes('Greek')) expect(text).toBeNull();
    else expect('find' in pattern && pattern.find(normalise(text ?? ''))).toBeTruthy();
  });

  test.each(['(', '$^', '[^\\x00-\\x{10FFFF}]'])('%s has none', (source) =>
    expect(textFor(source)).toBeNull(),
  );
});
