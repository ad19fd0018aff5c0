import { describe, expect, test } from '@jest/globals';
import { parse } from '#flows/definition/parse.ts';
import { print } from '#flows/definition/print.ts';
import { sameLogic } from '#flows/definition/same.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { opened } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';
import { randomDraft } from '../support/random-drafts.ts';

describe('a definition', () => {
  test('is read back as it was printed', () => {
    fc.assert(
      fc.property(randomDraft, (draft) => {
        const { definition } = parse(draft);
        expect(definition).not.toBeNull();
        if (definition)
          expect(parse(JSON.parse(print(definition))).definition).toEqual(
            JSON.parse(JSON.stringify(definition)),
          );
      }),
      { numRuns: 200 },
    );
  });

  test('is printed the same whatever the order of its keys', () => {
    for (const { definition } of TEMPLATES) {
      const flow = opened(definition).definition;
      expect(print(opened(reversed(flow)).definition)).toBe(print(flow));
    }
  });

  test('says in sentences why it is none', () => {
    expect(parse(null).issues).toMatchObject([{ code: 'definition.shape' }]);
    expect(parse({}).issues).toMatchObject([{ code: 'definition.version' }]);
    expect(parse({ schemaVersion: 1 }).issues.map(({ place }) => place.path)).toEqual([
      'name',
      'nodes',
      'edges',
      'start',
    ]);
  });

  test('with a step of another age or a broken config still opens, the step named', () => {
    const flow = parse({
      ...EMPTY,
      nodes: [
        { id: 'a', kind: 'fax', config: {} },
        { id: 'b', kind: 'delay', config: { duration: 'soon' } },
        { id: 'c', kind: 'end', config: {} },
        { id: 'c', kind: 'end', config: {} },
      ],
    });
    expect(flow.issues.map(({ code, place }) => [code, place.node, place.path])).toEqual([
      ['node.kind', 'a', undefined],
      ['node.config', 'b', 'config.duration'],
      ['node.twice', 'c', undefined],
    ]);
  });
});

describe('layout is not logic', () => {
  const flow = opened(TEMPLATES[0]?.definition).definition;
  const moved: Definition = { ...flow, layout: { ...flow.layout, ask: { x: 5, y: 5 } } };

  test('moving a card makes no other flow', () => {
    expect(sameLogic(flow, moved)).toBe(true);
  });

  test('neither does the order of steps, lines and keys', () => {
    const shuffled = { ...reversed(flow), nodes: flow.nodes.toReversed(), edges: flow.edges.toReversed() };
    expect(sameLogic(flow, opened(shuffled).definition)).toBe(true);
  });

  test('another text, title or line does', () => {
    const titled = { ...flow, nodes: flow.nodes.map((node) => ({ ...node, title: 'New' })) };
    expect(sameLogic(flow, titled)).toBe(false);
    expect(sameLogic(flow, { ...flow, edges: flow.edges.slice(1) })).toBe(false);
    expect(sameLogic(flow, { ...moved, start: null })).toBe(false);
  });
});

const EMPTY = { schemaVersion: 1, name: 'Empty', nodes: [], edges: [], start: null };

/** The same JSON with the keys of every object the other way round. */
function reversed(json: unknown): object {
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, one]) => [key, turn(one)]),
    );
  };
  return Object(turn(json));
}
