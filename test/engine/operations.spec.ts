import { describe, expect, test } from '@jest/globals';
import { clipOf } from '#flows/definition/clip.ts';
import { freshNodeId, freshNodeIds } from '#flows/definition/node-ids.ts';
import { type Operation, operationSchema } from '#flows/definition/operation.ts';
import { apply } from '#flows/definition/operations.ts';
import { parse } from '#flows/definition/parse.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { opened } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';
import { randomDraft, randomNode } from '../support/random-drafts.ts';

const EMPTY = opened({ schemaVersion: 1, name: 'Empty', nodes: [], edges: [], start: null }).definition;
const flow = opened(TEMPLATES.find(({ id }) => id === 'double-opt-in')?.definition).definition;

const edited = (...operations: Operation[]): Definition => operations.reduce(apply, flow);
const message = (id: string) => ({ id, kind: 'message', config: { text: 'Hi', purpose: 'reply' } });
const at = { x: 10, y: 20 };
const line = (definition: Definition, from: string, port: string) =>
  definition.edges.filter((edge) => edge.from === from && edge.port === port).map(({ to }) => to);

describe('steps', () => {
  test('the first one is where the flow starts, later ones are not', () => {
    const one = apply(EMPTY, { do: 'add-node', node: message('a'), at });
    const two = apply(one, { do: 'add-node', node: message('b'), at });
    expect([one.start, two.start]).toEqual(['a', 'a']);
    expect(two.layout).toEqual({ a: at, b: at });
  });

  test('a note is none: it starts nothing, and no line leads to it', () => {
    const note = { id: 'note', kind: 'note', config: {} };
    const noted = apply(EMPTY, { do: 'add-node', node: note, at });
    expect(noted.start).toBeNull();
    const both = apply(noted, { do: 'add-node', node: message('a'), at });
    expect(both.start).toBe('a');
    expect(apply(both, { do: 'set-start', id: 'note' })).toBe(both);
    expect(apply(both, { do: 'connect', edge: { from: 'a', port: 'next', to: 'note' } })).toBe(both);
    const clip = clipOf(both, ['note', 'a']);
    const ids = { note: 'other-note', a: 'b' };
    expect(apply(EMPTY, { do: 'paste', clip, ids, by: at }).start).toBe('b');
  });

  test('an id that is taken changes nothing', () => {
    expect(edited({ do: 'add-node', node: message('ask'), at })).toBe(flow);
  });

  test('one that goes takes its lines, its place, its translations and the start along', () => {
    const french = edited(
      { do: 'set-languages', languages: ['en', 'fr'] },
      { do: 'translate', language: 'fr', node: 'ask', field: 'text', text: 'Répondez OUI.' },
      { do: 'translate', language: 'fr', node: 'welcome', field: 'text', text: 'Bienvenue !' },
    );
    const gone = apply(french, { do: 'remove-nodes', ids: ['ask', 'no-such-step'] });
    expect(gone.nodes.map(({ id }) => id)).not.toContain('ask');
    expect(gone.edges.some(({ from, to }) => from === 'ask' || to === 'ask')).toBe(false);
    expect(gone.layout).not.toHaveProperty('ask');
    expect(gone.translations).toEqual({ fr: { 'welcome.text': 'Bienvenue !' } });
    expect(gone.start).toBeNull();
    expect(apply(french, { do: 'remove-nodes', ids: ['no-such-step'] })).toBe(french);
  });

  test('a new config takes the lines of lost ways out along, and keeps the others', () => {
    const config = (answers: string[]) => ({
      text: 'Which?',
      answers: answers.map((id) => ({ id, words: [id] })),
      timeout: '1h',
    });
    const asked = edited(
      { do: 'add-node', node: { id: 'which', kind: 'question', config: config(['tea', 'cake']) }, at },
      { do: 'connect', edge: { from: 'which', port: 'tea', to: 'bye' } },
      { do: 'connect', edge: { from: 'which', port: 'cake', to: 'bye' } },
    );
    const less = apply(asked, { do: 'configure-node', id: 'which', config: config(['tea']) });
    expect([line(less, 'which', 'tea'), line(less, 'which', 'cake')]).toEqual([['bye'], []]);
    const broken = apply(asked, { do: 'configure-node', id: 'which', config: { text: '' } });
    expect(line(broken, 'which', 'cake')).toEqual(['bye']);
  });

  test('titles come and go', () => {
    const titled = edited({ do: 'title-node', id: 'bye', title: 'Farewell' });
    expect(titled.nodes.find(({ id }) => id === 'bye')?.title).toBe('Farewell');
    const plain = apply(titled, { do: 'title-node', id: 'bye', title: null });
    expect(plain.nodes.find(({ id }) => id === 'bye')?.title).toBeUndefined();
  });
});

describe('lines', () => {
  test('a new one replaces the one that left by the same way out', () => {
    expect(
      line(edited({ do: 'connect', edge: { from: 'ask', port: 'declined', to: 'done' } }), 'ask', 'declined'),
    ).toEqual(['done']);
  });

  test.each([
    { from: 'ask', port: 'declined', to: 'nowhere' },
    { from: 'nowhere', port: 'next', to: 'ask' },
    { from: 'ask', port: 'no-such-way', to: 'bye' },
  ])('%j cannot be drawn', (edge) => {
    expect(edited({ do: 'connect', edge })).toBe(flow);
  });

  test('can be taken away', () => {
    expect(line(edited({ do: 'disconnect', from: 'ask', port: 'declined' }), 'ask', 'declined')).toEqual([]);
    expect(edited({ do: 'disconnect', from: 'ask', port: 'suppressed' })).toBe(flow);
  });

  test('a step put into one goes on where it led', () => {
    const longer = edited({ do: 'insert-on-edge', from: 'joined', port: 'next', node: message('extra'), at });
    expect([line(longer, 'joined', 'next'), line(longer, 'extra', 'next')]).toEqual([['extra'], ['welcome']]);
    const ended = edited({
      do: 'insert-on-edge',
      from: 'joined',
      port: 'next',
      node: { id: 'stop', kind: 'end', config: {} },
      at,
    });
    expect(line(ended, 'joined', 'next')).toEqual(['stop']);
  });
});

describe('copies', () => {
  test('keep the lines among them, under new ids, a little aside', () => {
    const ids = freshNodeIds(flow, ['joined', 'welcome']);
    expect(ids).toEqual({ joined: 'joined-2', welcome: 'welcome-2' });
    const doubled = edited({ do: 'duplicate-nodes', ids, by: { x: 40, y: 40 } });
    expect(line(doubled, 'joined-2', 'next')).toEqual(['welcome-2']);
    expect(line(doubled, 'welcome-2', 'next')).toEqual([]);
    expect(doubled.layout['joined-2']).toEqual({
      x: (flow.layout.joined?.x ?? 0) + 40,
      y: (flow.layout.joined?.y ?? 0) + 40,
    });
    expect(doubled.start).toBe('ask');
  });

  test('can be pasted into another flow, which then starts with them', () => {
    const clip = clipOf(flow, ['ask', 'bye']);
    const ids = freshNodeIds(EMPTY, ['ask', 'bye']);
    const pasted = apply(EMPTY, { do: 'paste', clip, ids, by: { x: 0, y: 0 } });
    expect(pasted.nodes.map(({ id }) => id)).toEqual(['ask', 'bye']);
    expect(line(pasted, 'ask', 'declined')).toEqual(['bye']);
    expect(line(pasted, 'ask', 'confirmed')).toEqual([]);
    expect(pasted.start).toBe('ask');
  });

  test('never take an id that is taken', () => {
    const pasted = edited({ do: 'duplicate-nodes', ids: { bye: 'welcome' }, by: at });
    expect(pasted.nodes).toEqual(flow.nodes);
  });

  test('are called after what they are', () => {
    expect(freshNodeId(flow, 'question')).toBe('question');
    expect(freshNodeId(flow, 'ask')).toBe('ask-2');
    expect(freshNodeId(flow, 'ask-2', ['ask-2', 'ask-3'])).toBe('ask-4');
    const long = 'x'.repeat(40);
    const taken = apply(EMPTY, { do: 'add-node', node: message(long), at });
    expect(freshNodeId(taken, long)).toBe(`${'x'.repeat(38)}-2`);
  });
});

describe('languages', () => {
  const french = edited(
    { do: 'set-languages', languages: ['en', 'fr'] },
    { do: 'translate', language: 'fr', node: 'bye', field: 'text', text: 'Au revoir.' },
  );
  const textOf = (definition: Definition, id: string) =>
    definition.nodes.find((node) => node.id === id)?.config;

  test('a translation into a language the flow does not speak is not kept', () => {
    expect(edited({ do: 'translate', language: 'fr', node: 'bye', field: 'text', text: 'Au revoir.' })).toBe(
      flow,
    );
    expect(
      apply(french, { do: 'translate', language: 'fr', node: 'bye', field: 'text', text: null }).translations,
    ).toEqual({ fr: {} });
  });

  test('another base swaps texts and translations', () => {
    const swapped = apply(french, { do: 'set-languages', languages: ['fr', 'en'] });
    expect(textOf(swapped, 'bye')).toMatchObject({ text: 'Au revoir.' });
    expect(swapped.translations.en?.['bye.text']).toBe(
      'No problem, we will not text you. Text JOIN if you change your mind.',
    );
    const back = apply(swapped, { do: 'set-languages', languages: ['en', 'fr'] });
    expect(textOf(back, 'bye')).toEqual(textOf(flow, 'bye'));
    expect(back.translations.fr?.['bye.text']).toBe('Au revoir.');
  });

  test('one that goes takes its translations along', () => {
    expect(apply(french, { do: 'set-languages', languages: ['en'] }).translations).toEqual({});
  });
});

describe('any operation on any draft', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'flow', 'constructor', 'x-1');
  const port = fc.constantFrom('next', 'yes', 'timeout', 'suppressed');
  const point = fc.record({ x: fc.integer(), y: fc.integer() });
  const ids = fc.dictionary(id, fc.constantFrom('copy-1', 'copy-2', 'a'));
  const operation = fc
    .oneof(
      fc.record({ do: fc.constant('rename' as const), name: fc.constantFrom('New', '  ', 'x'.repeat(120)) }),
      fc.record({ do: fc.constant('describe' as const), description: fc.constantFrom(null, '', 'What for') }),
      fc.record({ do: fc.constant('add-node' as const), node: randomNode, at: point }),
      fc.record({ do: fc.constant('remove-nodes' as const), ids: fc.array(id, { maxLength: 3 }) }),
      fc.record({ do: fc.constant('configure-node' as const), id, config: fc.jsonValue({ maxDepth: 2 }) }),
      fc.record({ do: fc.constant('title-node' as const), id, title: fc.constantFrom(null, '', 'Title') }),
      fc.record({ do: fc.constant('connect' as const), edge: fc.record({ from: id, port, to: id }) }),
      fc.record({ do: fc.constant('disconnect' as const), from: id, port }),
      fc.record({ do: fc.constant('insert-on-edge' as const), from: id, port, node: randomNode, at: point }),
      fc.record({ do: fc.constant('move-nodes' as const), to: fc.dictionary(id, point) }),
      fc.record({ do: fc.constant('set-start' as const), id: fc.option(id) }),
      fc.record({
        do: fc.constant('set-triggers' as const),
        triggers: fc.constant<Definition['triggers']>([]),
      }),
      fc.record({
        do: fc.constant('set-languages' as const),
        languages: fc.constantFrom<string[][]>(['en'], ['fr', 'en'], ['de', 'de']),
      }),
      fc.record({
        do: fc.constant('translate' as const),
        language: fc.constantFrom('en', 'fr', 'xx'),
        node: id,
        field: fc.constantFrom('text', 'retryText'),
        text: fc.constantFrom(null, '', 'Bonjour'),
      }),
      fc.record({ do: fc.constant('duplicate-nodes' as const), ids, by: point }),
      fc.tuple(randomDraft, ids, point).map(([draft, names, by]): Operation => {
        const clip = clipOf(
          draft,
          draft.nodes.map((node) => node.id),
        );
        return { do: 'paste', clip, ids: names, by };
      }),
    )
    .map((one): Operation => one);

  test('makes a draft that parses, and leaves the one before as it was', () => {
    fc.assert(
      fc.property(randomDraft, fc.array(operation, { maxLength: 6 }), (draft, operations) => {
        let definition: Definition = draft;
        for (const one of operations) {
          expect(operationSchema.safeParse(one).success).toBe(one.do !== 'rename' || one.name.trim() !== '');
          const before = JSON.stringify(definition);
          const next = apply(definition, one);
          expect(JSON.stringify(definition)).toBe(before);
          const again = parse(JSON.parse(JSON.stringify(next)));
          expect(again.definition ?? again.issues).toEqual(JSON.parse(JSON.stringify(next)));
          expect(new Set(next.nodes.map((node) => node.id)).size).toBe(next.nodes.length);
          definition = next;
        }
      }),
      { numRuns: 120 },
    );
  });
});
