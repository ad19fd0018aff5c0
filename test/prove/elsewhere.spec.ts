import { describe, expect, test } from '@jest/globals';
import { printTranscript } from '#flows/engine/transcript.ts';
import { generate } from '#flows/prove/generate.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { end, FIRST, parsed, say, type Sketch } from './draw.ts';

const WORLD = proofWorld({ lists: { club: { optIn: 'single' } }, otherFlows: [] });

/** Joins or leaves a list, waits, and sends what needs its consent. */
const drip = (action: 'join' | 'leave', wait: boolean, more: readonly string[] = []): Sketch => ({
  nodes: {
    list: ['subscribe', { list: 'club', action }],
    hello: say(FIRST),
    ...(wait ? { week: ['delay', { duration: '7d' }] as const } : {}),
    offer: say('Half price! STOP to end.', { purpose: 'marketing', list: 'club' }),
    sorry: say('Another time.', { purpose: 'service' }),
    done: end,
  },
  edges: [
    'list.next > hello',
    ...(wait ? ['hello.next > week', 'week.next > offer'] : ['hello.next > offer']),
    'offer.next > done',
    'sorry.next > done',
    ...more,
  ],
});
const suppressed = ['offer.suppressed > sorry'];
const codes = (sketch: Sketch) =>
  prove(parsed(sketch), WORLD).findings.map(({ code, place }) =>
    [code, place.node, place.port].filter(Boolean).join(' '),
  );

describe('what changes elsewhere while a flow waits', () => {
  test('may take somebody off a list, who is then not texted', () => {
    expect(codes(drip('join', true, suppressed))).toEqual([]);
    const { conversations, uncovered } = generate(parsed(drip('join', true, suppressed)), WORLD);
    expect(uncovered).toEqual([]);
    const left = conversations.find(({ name }) => name.includes('elsewhere'));
    expect(left?.name).toBe('Leaves club elsewhere, Not allowed to text');
    expect(printTranscript(left?.lines ?? [])).toMatch(
      /\n {2}! leaves club elsewhere\n {2}… 1 week later\n< Another time\.$/,
    );
    const { results } = playGolden(parsed(drip('join', true, suppressed)), conversations, WORLD);
    expect(results.every(({ same }) => same)).toBe(true);
  });

  test('ends a run that has no answer to it, and is no mistake of the author', () => {
    expect(codes(drip('join', true)).filter((code) => code.startsWith('marketing'))).toEqual([]);
  });

  test('may put somebody back on a list, so that no line seems to lead nowhere', () => {
    expect(codes(drip('leave', true, suppressed))).toEqual([]);
    expect(codes(drip('leave', false, suppressed))).toEqual(['line.never offer next']);
  });
});
