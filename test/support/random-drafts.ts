import type { Definition, FlowNode } from '#flows/definition/schema.ts';
import { NODE_KINDS, nodeKind } from '#flows/registry.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { opened } from './phone-stage.ts';
import * as fc from './properties.ts';

/** Configs that occur in templates, by kind, beside what a new card has. */
const CONFIGS: ReadonlyMap<string, readonly unknown[]> = new Map(
  NODE_KINDS.map(({ kind, initial }) => [
    kind,
    [initial(), ...templateNodes().flatMap((node) => (node.kind === kind ? [node.config] : []))],
  ]),
);

function templateNodes(): FlowNode[] {
  return TEMPLATES.flatMap(({ definition }) => opened(definition).definition.nodes);
}

const IDS = ['a', 'b', 'c', 'd', 'e', 'constructor', 'flow', 'start'];

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    'Hi {{contact.firstName | default: "there"}}',
    '{{answers.size}} {{program.brand}}',
    'broken {{contact.',
    '{{contact.x | nofilter}}',
    '{% if x %}',
    'a '.repeat(300),
  ),
);

const condition = fc.record({
  variable: fc.constantFrom('contact.city', 'answers.size', 'run.keyword', 'contact.toString'),
  operator: fc.constantFrom(
    'equals',
    'not-equals',
    'contains',
    'begins-with',
    'greater',
    'less',
    'is-set',
    'is-not-set',
  ),
  value: fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean()),
});

const duration = fc.constantFrom('30m', '2d');
const saveAs = fc.constantFrom('size', 'constructor', 'toString');
const words = fc.uniqueArray(
  fc.oneof(fc.constantFrom('YES', 'NO', 'STOP', 'oui'), fc.string({ minLength: 1, maxLength: 6 })),
  {
    minLength: 1,
    maxLength: 3,
  },
);

/** Configs in the spirit of each kind; most parse, some do not. */
const invented: Record<string, fc.Arbitrary<unknown>> = {
  message: fc.record({
    text,
    purpose: fc.constantFrom('reply', 'service', 'marketing', 'marketing', 'marketing', 'code', 'legal'),
    list: fc.constantFrom('news', 'news', 'club', 'constructor'),
  }),
  question: fc.record(
    {
      text,
      answers: fc.array(fc.record({ id: fc.constantFrom('yes', 'no', 'constructor'), words }), {
        maxLength: 3,
      }),
      saveAs,
      retries: fc.integer({ min: 0, max: 6 }),
      retryText: text,
      timeout: duration,
      purpose: fc.constantFrom('reply', 'service'),
    },
    { requiredKeys: ['text'] },
  ),
  confirm: fc.record(
    {
      text,
      list: fc.constantFrom('news', 'constructor'),
      confirmWords: words,
      declineWords: words,
      timeout: duration,
    },
    { requiredKeys: ['text', 'list'] },
  ),
  branch: fc.record({
    cases: fc.array(fc.record({ id: fc.constantFrom('one', 'two', 'constructor'), when: condition }), {
      maxLength: 3,
    }),
  }),
  split: fc.record({
    experiment: fc.constantFrom('test', 'constructor'),
    arms: fc.array(
      fc.record({ id: fc.constantFrom('a', 'b', 'constructor'), weight: fc.integer({ min: -1, max: 3 }) }),
      {
        maxLength: 4,
      },
    ),
  }),
  nps: fc.record({ text, saveAs, timeout: duration }, { requiredKeys: ['text'] }),
  subscribe: fc.record({ list: fc.constantFrom('news', 'club'), action: fc.constantFrom('join', 'leave') }),
  'set-field': fc.record({
    field: fc.constantFrom('city', 'constructor', 'phone'),
    value: fc.oneof(
      fc.record({ kind: fc.constant('text'), text }),
      fc.record({ kind: fc.constant('answer'), answer: saveAs }),
      fc.record({ kind: fc.constant('number'), number: fc.double() }),
    ),
  }),
  delay: fc.record({ duration }),
};

/** Nodes of every kind: as dropped, as in templates, invented, and now and then with a config that is none. */
export const randomNode: fc.Arbitrary<FlowNode> = fc
  .tuple(fc.constantFrom(...IDS), fc.constantFrom(...NODE_KINDS.map(({ kind }) => kind)))
  .chain(([id, kind]) =>
    fc.record({
      id: fc.constant(id),
      kind: fc.constantFrom(kind, kind, kind, kind, kind, 'no-such-kind'),
      config: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...(CONFIGS.get(kind) ?? [])) },
        { weight: 8, arbitrary: invented[kind] ?? fc.constant({}) },
        { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
      ),
    }),
  );

const portOf = (node: FlowNode | undefined): fc.Arbitrary<string> => {
  const bound = node && nodeKind(node.kind)?.bind(node);
  const ports = bound === undefined || Array.isArray(bound) ? [] : bound.ports.map(({ id }) => id);
  return ports.length === 0 ? fc.constant('next') : fc.constantFrom(...ports, ...ports, 'no-such-port');
};

/** Drafts as they come and go under an author's hands: lines to nowhere, steps twice, no start, texts that are no templates. */
export const randomDraft: fc.Arbitrary<Definition> = fc
  .uniqueArray(randomNode, { selector: ({ id }) => id, minLength: 1, maxLength: 6 })
  .chain((nodes) => {
    const ids = nodes.map(({ id }) => id);
    const lines = nodes.map((node) =>
      fc.array(
        fc.record({
          from: fc.constant(node.id),
          port: portOf(node),
          to: fc.constantFrom(...ids, ...ids, 'gone'),
        }),
        {
          maxLength: 7,
        },
      ),
    );
    return fc.record({
      schemaVersion: fc.constant(1 as const),
      name: fc.constant('Draft'),
      languages: fc.constantFrom<string[]>(['en'], ['en', 'fr'], ['es', 'en']),
      triggers: fc.constantFrom<Definition['triggers']>(
        [],
        [{ kind: 'keyword' as const, words: ['GO', 'STOP'], match: 'first-word' as const, sender: '*' }],
        [
          { kind: 'unmatched', words: [], match: 'exact', sender: '12345', known: 'unknown', language: 'fr' },
          { kind: 'keyword', words: ['(', 'G+O', '.*'], match: 'pattern', sender: '*', medium: 'radio' },
          {
            kind: 'keyword',
            words: ['GO', 'GOOD DAY'],
            match: 'close',
            sender: '*',
            until: '2001-01-01T00:00:00Z',
          },
        ],
      ),
      interruptible: fc.constant({ by: 'keywords' as const, except: [] }),
      nodes: fc.constant(nodes),
      edges: fc.tuple(...lines).map((all) => all.flat()),
      start: fc.constantFrom(...ids, ...ids, ...ids, 'gone', null),
      translations: fc.constantFrom<Definition['translations']>(
        {},
        { fr: Object.fromEntries(ids.map((id) => [`${id}.text`, 'Bonjour {{contact.x'])) },
      ),
      layout: fc.constantFrom<Definition['layout']>(
        {},
        Object.fromEntries(ids.map((id, at) => [id, { x: at * 340, y: 0 }])),
      ),
    });
  });

/** Nodes whose config parses. Marketing and consent come up often, for that is where care is needed. */
const soundNode: fc.Arbitrary<FlowNode> = fc
  .constantFrom(
    ...NODE_KINDS.map(({ kind }) => kind),
    'message',
    'message',
    'message',
    'message',
    'confirm',
    'subscribe',
    'delay',
  )
  .chain((kind) =>
    fc
      .record({
        id: fc.constantFrom(...IDS),
        kind: fc.constant(kind),
        config: fc.oneof(
          fc.constantFrom(...(CONFIGS.get(kind) ?? [])),
          invented[kind] ?? fc.constantFrom(...(CONFIGS.get(kind) ?? [])),
        ),
      })
      .filter((node) => !Array.isArray(nodeKind(kind)?.bind(node))),
  );

/** Flows that run: every way out leads somewhere, though perhaps round and round. */
export const randomFlow: fc.Arbitrary<Definition> = fc
  .uniqueArray(soundNode, { selector: ({ id }) => id, minLength: 2, maxLength: 7 })
  .chain((nodes) => {
    const to = fc.constantFrom(...nodes.map(({ id }) => id));
    const edges = nodes.flatMap((node) => {
      const bound = nodeKind(node.kind)?.bind(node);
      const ports = bound === undefined || Array.isArray(bound) ? [] : bound.ports;
      return ports.map(({ id }) => fc.record({ from: fc.constant(node.id), port: fc.constant(id), to }));
    });
    return fc.record({
      schemaVersion: fc.constant(1 as const),
      name: fc.constant('Flow'),
      languages: fc.constantFrom<string[]>(['en'], ['en', 'fr']),
      triggers: fc.constant<Definition['triggers']>([
        { kind: 'keyword', words: ['GO'], match: 'first-word', sender: '*' },
      ]),
      interruptible: fc.constant({ by: 'keywords' as const, except: [] }),
      nodes: fc.constant(nodes),
      edges: fc.tuple(...edges),
      start: to,
      translations: fc.constant({}),
      layout: fc.constant({}),
    });
  });

/** What people text: keywords, answers, reserved words, and anything else. */
export const randomText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'GO',
      'YES',
      'no',
      'STOP',
      'START',
      'HELP',
      'INFO',
      '10',
      '7',
      '50OFF',
      'Ann',
      'stop texting me',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);

/** What happens to a phone: a text, or seconds that pass. */
export const randomHappening: fc.Arbitrary<{ says: string } | { after: number }> = fc.oneof(
  { weight: 4, arbitrary: randomText.map((says) => ({ says })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 3_600, 86_400).map((after) => ({ after })) },
);
