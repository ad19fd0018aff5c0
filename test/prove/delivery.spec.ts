import { describe, expect, test } from '@jest/globals';
import { generate } from '#flows/prove/generate.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { drawn, end, FIRST, parsed, say } from './draw.ts';

/** A text that is waited for, and what is said when it has arrived. */
const flow = (config: Record<string, unknown>) =>
  parsed({
    nodes: {
      code: ['message', { text: FIRST, purpose: 'code', delivery: '24h' }],
      after: ['message', config],
      done: end,
    },
    edges: ['code.next > after', 'code.timeout > done', 'code.failed > done', 'after.next > done'],
  });

describe('a step that waits until its text arrives', () => {
  test('is explored through everything that can become of it', () => {
    const { covered, findings } = prove(flow({ text: 'Got it?', purpose: 'service' }), proofWorld());
    for (const port of ['next', 'failed', 'timeout']) expect(covered.passages).toContain(`code.${port}`);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('is no answer any more when it has: a reply after it is held back', () => {
    const { findings } = prove(flow({ text: 'Got it?', purpose: 'reply' }), proofWorld());
    expect(findings.map(({ code }) => code)).toContain('purpose.not-a-reply');
  });

  test('is no answer any more inside a flow that a step holds, nor after one', () => {
    const inside = drawn({
      keywords: [],
      nodes: { got: say('Got it?'), day: ['delay', { duration: '1d' }], done: end },
      edges: ['got.next > day', 'got.suppressed > day', 'day.next > done'],
    });
    const holds = parsed({
      nodes: {
        code: ['message', { text: FIRST, purpose: 'code', delivery: '24h' }],
        hold: ['subflow', { flow: { id: 'inner', name: 'Inner', version: 1 }, definition: inside }],
        bye: say('Bye!'),
        done: end,
      },
      edges: [
        'code.next > hold',
        'code.timeout > done',
        'code.failed > done',
        'hold.done > bye',
        'bye.next > done',
      ],
    });
    const mute = prove(holds, proofWorld({ otherFlows: [] })).findings.filter(
      ({ code }) => code === 'purpose.not-a-reply',
    );
    expect(mute.map(({ place, witness }) => [place.node, witness?.replayed])).toEqual([
      ['hold', true],
      ['bye', true],
    ]);
  });

  test('may be one of many that go out now and then', () => {
    const drip = parsed({
      nodes: {
        tip: ['message', { text: FIRST, purpose: 'service', delivery: '1h' }],
        week: ['delay', { duration: '7d' }],
      },
      edges: ['tip.next > week', 'tip.timeout > week', 'tip.failed > week', 'week.next > tip'],
    });
    expect(prove(drip, proofWorld()).findings.map(({ code }) => code)).not.toContain('retry.endless');
  });

  test('gets conversations for arriving, not arriving and not knowing', () => {
    const { conversations } = generate(flow({ text: 'Got it?', purpose: 'service' }), proofWorld());
    const answers = conversations.flatMap(({ lines }) =>
      lines.flatMap((line) => ('answer' in line ? [line.with] : 'after' in line ? [line.after] : [])),
    );
    expect(new Set(answers)).toEqual(new Set(['delivered', 'failed', '1d']));
  });
});
