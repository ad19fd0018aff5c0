import { describe, expect, test } from '@jest/globals';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { ask as request, capture, defineNode, type NodeKind } from '#flows/engine/node-kind.ts';
import { printTranscript } from '#flows/engine/transcript.ts';
import { generate } from '#flows/prove/generate.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { z } from 'zod';
import { end, FIRST, parsed, say, type Sketch } from './draw.ts';

const WORLD = proofWorld({ lists: {}, otherFlows: [] });
const nothing = z.strictObject({});
const port = (id: string) => ({ id, label: id, required: true, open: 'completed' }) as const;

/** Asks the outside for a price and waits for it. */
const lookUp = defineNode({
  kind: 'look-up',
  family: 'act',
  title: 'Look up',
  summary: 'Asks for a price.',
  schema: nothing,
  initial: () => ({}),
  places: ['asking'],
  waits: () => true,
  busy: true,
  ports: () => [port('ok'), port('error'), port('timeout')],
  texts: () => [{ field: 'url', template: 'https://example.com/price' }],
  sets: () => ['answers.price'],
  states: (_, to) => ({
    asking: {
      entry: [
        request({
          kind: 'webhook',
          method: 'GET',
          url: 'url',
          headers: [],
          fields: [],
          timeoutSeconds: 10,
          save: [{ from: '/price', as: 'price' }],
          sample: { price: 12 },
        }),
      ],
      on: {
        'answer.webhook.ok': to('ok', capture('price')),
        'answer.webhook.error': to('error'),
        'answer.webhook.timeout': to('timeout'),
      },
    },
  }),
});

/** Waits until an order is paid. */
const untilPaid = defineNode({
  kind: 'until-paid',
  family: 'time',
  title: 'Until paid',
  summary: 'Waits for a payment.',
  schema: nothing,
  initial: () => ({}),
  places: ['waiting'],
  waits: () => true,
  listens: () => ({ event: 'paid', key: 'key' }),
  texts: () => [{ field: 'key', template: 'order {{contact.phone}}' }],
  ports: () => [port('paid')],
  states: (_, to) => ({ waiting: { on: { 'event.paid': to('paid') } } }),
});

/** A sketch in which some steps are of kinds that no registry knows. */
function withKinds(sketch: Sketch, kinds: Readonly<Record<string, NodeKind>>): ParsedFlow {
  const flow = parsed(sketch);
  const nodes = new Map(flow.nodes);
  for (const [id, kind] of Object.entries(kinds)) {
    const bound = kind.bind({ id, config: {} });
    if (!Array.isArray(bound)) nodes.set(id, bound);
  }
  return { definition: flow.definition, nodes, issues: [] };
}

describe('what is answered later', () => {
  const sketch: Sketch = {
    nodes: {
      hello: say(FIRST),
      look: ['look-up', {}],
      fork: [
        'branch',
        { cases: [{ id: 'dear', when: { variable: 'answers.price', operator: 'greater', value: 100 } }] },
      ],
      dear: say('That is {{answers.price}}!'),
      sorry: say('Try later.'),
      done: end,
    },
    edges: [
      'hello.next > look',
      'look.ok > fork',
      'look.error > sorry',
      'fork.dear > dear',
      'fork.else > done',
      'dear.next > done',
      'sorry.next > done',
    ],
  };
  const flow = withKinds(sketch, { look: lookUp });

  test('is explored in every outcome, and what follows still answers the text', () => {
    const { findings, covered } = prove(flow, WORLD);
    expect(findings.map(({ code, place }) => [code, place.port])).toEqual([['port.open', 'timeout']]);
    expect(covered.passages).toContain('fork.dear');
  });

  test('is part of the conversation that shows a mistake', () => {
    const [finding] = prove(flow, WORLD).findings;
    expect(finding?.witness?.replayed).toBe(true);
    expect(printTranscript(finding?.witness?.lines ?? [])).toMatch(
      /^> GO\n< .*\n {2}! webhook answers timeout$/,
    );
  });

  test('is part of generated conversations, with the values that lead along every line', () => {
    const { conversations, uncovered } = generate(flow, WORLD);
    expect(uncovered).toEqual([]);
    const dear = conversations.find(({ lines }) =>
      lines.some((line) => 'hears' in line && line.hears.startsWith('That is')),
    );
    expect(dear).toMatchObject({ holds: true });
    expect(dear?.lines).toContainEqual({ answer: 'webhook', with: 'ok', values: { price: 101 } });
  });

  test('is not tried again for ever', () => {
    const again = { ...sketch, edges: [...sketch.edges, 'look.timeout > look'] };
    const { findings } = prove(withKinds(again, { look: lookUp }), WORLD);
    const retry = findings.find(({ code }) => code === 'retry.endless');
    expect(retry).toMatchObject({ place: { node: 'look' }, witness: { replayed: true } });
    expect(retry?.message).toContain('is tried again for ever');
  });
});

test('an event happens under the key that the run waits for', () => {
  const sketch: Sketch = {
    nodes: { hello: say(FIRST), pay: ['until-paid', {}] },
    edges: ['hello.next > pay'],
  };
  const { findings } = prove(withKinds(sketch, { pay: untilPaid }), WORLD);
  expect(findings).toMatchObject([{ code: 'port.open', witness: { replayed: true } }]);
  expect(findings[0]?.witness?.lines.at(-1)).toEqual({
    event: 'paid',
    value: null,
    key: 'order +12025550123',
  });
});
