import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { FlowNode } from '#flows/definition/schema.ts';
import { ANSWERED, isLaterKind } from '#flows/engine/effects.ts';
import { ENDINGS } from '#flows/engine/events.ts';
import type { BoundNode, FragmentTransition, NodeKind, PlaceFragment } from '#flows/engine/node-kind.ts';
import { outline } from '#flows/engine/outline.ts';
import { advance } from '#flows/engine/step.ts';
import { NODE_KINDS } from '#flows/registry.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { normalise } from '#shared/sms/text.ts';
import { updating } from '../support/conversation-runner.ts';
import { opened } from '../support/phone-stage.ts';
import { printJson } from '../support/print-json.ts';

const FOLDER = new URL('../../flows/nodes/', import.meta.url);
const LANGUAGES = ['en', 'fr', 'de', 'es'];

/** Places that runs of released versions may stand in; `UPDATE_CONVERSATIONS=1` adds new ones, and none ever goes. */
const RECORDED_FILE = new URL('./recorded-places.json', import.meta.url);
const RECORDED: Record<string, string[]> = JSON.parse(readFileSync(RECORDED_FILE, 'utf8'));

/** Every node of a kind that templates and golden cases hold, and a fresh one. */
function samples(kind: NodeKind): BoundNode[] {
  const cases: { flow: { nodes: FlowNode[] } }[] = JSON.parse(
    readFileSync(new URL(`${kind.kind}/cases.json`, FOLDER), 'utf8'),
  );
  const nodes = [
    ...cases.flatMap(({ flow }) => flow.nodes),
    ...TEMPLATES.flatMap(({ definition }) => opened(definition).definition.nodes),
    { id: 'fresh', kind: kind.kind, config: kind.initial() },
  ];
  return nodes.filter((node) => node.kind === kind.kind).map((node) => bound(kind, node));
}

function bound(kind: NodeKind, node: FlowNode): BoundNode {
  const result = kind.bind(node);
  if (Array.isArray(result)) throw new Error(result.map(({ message }) => message).join(' '));
  return result;
}

const fragment = (node: BoundNode): Record<string, PlaceFragment> =>
  node.states((port, ...actions) => ({ target: `>${port}`, actions }));

/** Whether an event is an answer that comes from outside, some time. */
const isLater = (event: string): boolean =>
  isLaterKind(event.split('.')[1] ?? '') && event.startsWith('answer.');
/** Whether an event comes in the same breath, so that no run rests for it. */
const isSoon = (event: string): boolean => event.startsWith('answer.') && !isLater(event);

const transitions = ({ on, always }: PlaceFragment): FragmentTransition[] => [
  ...Object.values(on ?? {}),
  ...(always ? [always] : []),
];

test('every folder of node types is registered, and every kind once', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(NODE_KINDS.map(({ kind }) => kind).sort());
});

afterAll(() => {
  if (updating) writeFileSync(RECORDED_FILE, printJson(RECORDED));
});

describe.each(NODE_KINDS.map((kind) => [kind.kind, kind] as const))('node type %s', (name, kind) => {
  test('has its definition and at least one case', () => {
    expect(existsSync(new URL(`${name}/definition.ts`, FOLDER))).toBe(true);
    expect(samples(kind).length).toBeGreaterThan(1);
  });

  test('drops a card on the canvas that parses and has no fault of its own', () => {
    const config = kind.initial();
    expect(kind.schema.safeParse(config)).toEqual({ success: true, data: config });
    const { issues } = bound(kind, { id: 'fresh', kind: name, config });
    // Which flow to run only the author can say.
    expect(issues.filter(({ code }) => code !== 'subflow.none')).toEqual([]);
  });

  test('keeps every place it ever had, in order, and new ones are written down', () => {
    const recorded = RECORDED[name] ?? [];
    expect(kind.places.slice(0, recorded.length)).toEqual(recorded);
    if (updating) RECORDED[name] = [...kind.places];
    expect(RECORDED[name]).toEqual(kind.places);
  });

  test('can be resumed in every place of its own', () => {
    const { compiled } = opened({
      schemaVersion: 1,
      name,
      nodes: [{ id: 'it', kind: name, config: kind.initial() }],
      edges: [],
      start: 'it',
    });
    const places = Object.keys(fragment(bound(kind, { id: 'it', kind: name, config: kind.initial() })));
    for (const place of places) {
      const position = { node: 'it', place, context: { answers: {}, arms: {}, unexposed: [] } };
      expect(advance(compiled, position, { type: 'stop' }).position.node).toBe('$stopped');
    }
  });

  test('stands only in its places, enters the first, and comes to every place it uses', () => {
    for (const node of samples(kind)) {
      const used = Object.keys(fragment(node));
      expect(kind.places).toEqual(expect.arrayContaining(used));
      expect(used).toContain(kind.places[0]);
      const met = new Set([node.entry]);
      for (const place of met) {
        for (const { from, to } of outline(node).ways) {
          if (from === place && to && 'place' in to) met.add(to.place);
        }
      }
      expect([...met].sort()).toEqual(used.sort());
    }
  });

  test('goes only to its places, its ports and the endings', () => {
    for (const node of samples(kind)) {
      const states = fragment(node);
      const targets = Object.values(states).flatMap((place) =>
        transitions(place).flatMap(({ target }) => target ?? []),
      );
      const ports = node.ports.map(({ id }) => `>${id}`);
      const allowed = [
        ...Object.keys(states),
        ...ports,
        ...Object.keys(ENDINGS).map((ending) => `#${ending}`),
      ];
      expect(allowed).toEqual(expect.arrayContaining(targets));
      expect(targets).toEqual(expect.arrayContaining(ports));
    }
  });

  test('asks for one answer at a time, and listens to it', () => {
    for (const node of samples(kind)) {
      for (const [place, { on }] of Object.entries(fragment(node))) {
        const asked = outline(node)
          .requests.filter((one) => one.place === place && ANSWERED[one.request.kind] !== 'never')
          .map(({ request }) => request.kind);
        const heard = Object.keys(on ?? {}).filter((event) => event.startsWith('answer.'));
        expect(asked.length).toBeLessThanOrEqual(1);
        expect(heard.every((event) => event.startsWith(`answer.${asked[0]}.`))).toBe(true);
        expect(heard.length > 0).toBe(asked.length === 1);
      }
    }
  });

  test('waits where it says it does, and hears every kind of reply there', () => {
    for (const node of samples(kind)) {
      const states = Object.values(fragment(node));
      const listening = states.filter(({ on }) => Object.keys(on ?? {}).some((event) => !isSoon(event)));
      expect(listening.length > 0).toBe(node.waits);
      // What becomes of a text may take days, so nobody is kept waiting for that.
      const isSoonTold = (event: string) => isLater(event) && !event.startsWith('answer.delivery.');
      expect(node.busy).toBe(states.some(({ on }) => Object.keys(on ?? {}).some(isSoonTold)));
      expect(node.busy && node.classify).toBeFalsy();
      if (!node.classify) continue;
      const categories = LANGUAGES.flatMap((language) => Object.keys(node.examples(language)));
      for (const { on } of listening) {
        expect(Object.keys(on ?? {})).toEqual(
          expect.arrayContaining(categories.map((one) => `reply.${one}`)),
        );
        expect(Object.keys(on ?? {})).toContain('resume');
      }
    }
  });

  test('gives examples that mean what they stand for, in every language', () => {
    for (const node of samples(kind)) {
      for (const language of LANGUAGES) {
        for (const [category, texts] of Object.entries(node.examples(language))) {
          const picture = { text: '', normalised: '', media: ['https://files.example/1.jpg'] };
          const needsPicture = node.classify?.(picture, language).category === category;
          expect([category, texts.length > 0 || needsPicture]).toEqual([category, true]);
          for (const text of texts) {
            const classified = node.classify?.({ text, normalised: normalise(text) }, language);
            expect({ text, category: classified?.category }).toEqual({ text, category });
          }
        }
      }
    }
  });

  test('says which answers it keeps and which texts it sends', () => {
    for (const node of samples(kind)) {
      const actions = Object.values(fragment(node)).flatMap((place) => [
        ...(place.entry ?? []),
        ...transitions(place).flatMap((transition) => transition.actions ?? []),
      ]);
      const captured = actions.flatMap((action) =>
        action.type === 'capture' ? [`answers.${action.params.as}`] : [],
      );
      expect([...new Set(captured)]).toEqual(node.sets);
      const fields = node.texts.map(({ field }) => field);
      const sent = outline(node).requests.flatMap(({ request }) =>
        request.kind === 'send' ? [request.field] : [],
      );
      expect(fields).toEqual(expect.arrayContaining(sent));
    }
  });
});
