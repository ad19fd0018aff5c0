import { describe, expect, test } from '@jest/globals';
import { inspect } from '#flows/definition/inspect.ts';
import { parse, type ParsedFlow } from '#flows/definition/parse.ts';
import { compile } from '#flows/engine/compile.ts';
import { drawnFrom, drawnNode, embeddedIn, flatten } from '#flows/engine/flatten.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { opened } from '../support/phone-stage.ts';

const message = (text: string, more: object = {}) => ({
  kind: 'message',
  config: { text, purpose: 'service', ...more },
});
const question = (text: string, saveAs?: string) => ({
  kind: 'question',
  config: { text, answers: [], timeout: '1h', ...(saveAs ? { saveAs } : {}) },
});
const end = { kind: 'end', config: {} };
const holding = (definition: object, id = 'other') => ({
  kind: 'subflow',
  config: { flow: { id, name: 'Other', version: 2 }, definition },
});

/** A flow written down shortly: lines are "from.port > to"; the first step is where it starts. */
function flow(nodes: Record<string, object>, lines: string[], more: object = {}) {
  return {
    schemaVersion: 1,
    name: 'Flow',
    triggers: [{ kind: 'keyword', words: ['GO'] }],
    nodes: Object.entries(nodes).map(([id, node]) => ({ id, title: id, ...node })),
    edges: lines.map((line) => {
      const [, from, port, to] = /^(\S+)\.(\S+) > (\S+)$/.exec(line) ?? [];
      return { from, port, to };
    }),
    start: Object.keys(nodes)[0] ?? null,
    ...more,
  };
}

const asking = flow({ ask: question('Day?', 'day'), done: end }, [
  'ask.answered > done',
  'ask.timeout > done',
]);
const silent = flow({ hello: message('Hello'), done: end }, ['hello.next > done']);

const parsed = (json: unknown): ParsedFlow => {
  const read = parse(json);
  if (read.definition === null) throw new Error(read.issues[0]?.message);
  return read;
};
const codes = (json: unknown) => inspect(parsed(json), ['GB']).map(({ code }) => code);

describe('a flow inside another', () => {
  test('is laid out under the step that holds it, and leads on from its ends', () => {
    const outer = parsed(
      flow({ sub: holding(asking), bye: message('Bye'), done: end }, ['sub.done > bye', 'bye.next > done']),
    );
    const { definition, nodes } = flatten(outer);
    expect([...nodes.keys()].sort()).toEqual(
      ['bye', 'done', 'sub', 'sub/$done', 'sub/$not-reached', 'sub/ask', 'sub/done'].sort(),
    );
    const lines = definition.edges.map(({ from, port, to }) => `${from}.${port} > ${to}`);
    expect(lines).toEqual(
      expect.arrayContaining([
        'sub.begin > sub/ask',
        'sub/ask.answered > sub/done',
        'sub/done.end > sub/$done',
        'sub/$done.done > bye',
      ]),
    );
    expect(definition.nodes.map(({ id }) => id).sort()).toEqual([...nodes.keys()].sort());
  });

  test('changes nothing where there is none', () => {
    const plain = parsed(asking);
    expect(flatten(plain).definition).toBe(plain.definition);
    expect(flatten(plain).nodes).toBe(plain.nodes);
  });

  test('is told from what is drawn', () => {
    expect(['a', 'a/b', 'a/b/c', 'a/$done'].map(drawnNode)).toEqual(['a', 'a', 'a', 'a']);
    expect(['a', 'a/b', 'a/$done', 'a/$not-reached', 'a/b/$done', '$start'].map(drawnFrom)).toEqual([
      'a',
      null,
      'a',
      'a',
      null,
      '$start',
    ]);
  });

  test('keeps what it keeps and waits where it waits', () => {
    const { nodes } = parsed(flow({ sub: holding(asking) }, []));
    expect(nodes.get('sub')).toMatchObject({ sets: ['answers.day'], waits: true });
    expect(parsed(flow({ sub: holding(silent) }, [])).nodes.get('sub')).toMatchObject({ waits: false });
    const later = message('On {{answers.day}}');
    expect(
      codes(flow({ sub: holding(asking), later, done: end }, ['sub.done > later', 'later.next > done'])),
    ).toEqual([]);
    const round = (inner: object) =>
      flow({ sub: holding(inner), say: message('Again'), done: end }, ['sub.done > say', 'say.next > sub']);
    expect(codes(round(silent))).toContain('loop.no-wait');
    expect(codes(round(asking))).not.toContain('loop.no-wait');
  });

  test('says what it has to say in the languages of the flow around it', () => {
    const french = flow({ hello: message('Bonjour'), done: end }, ['hello.next > done'], {
      languages: ['fr', 'de'],
      translations: { de: { 'hello.text': 'Guten Tag' } },
    });
    const around = (languages: string[]) => {
      const outer = parsed(flow({ sub: holding(french), done: end }, ['sub.done > done'], { languages }));
      const { text } = compile(outer.definition, outer.nodes);
      return languages.map((language) => text('sub/hello', 'text', language).source);
    };
    expect(around(['en', 'fr', 'de'])).toEqual(['Bonjour', 'Bonjour', 'Guten Tag']);
    expect(around(['de', 'en', 'fr'])).toEqual(['Guten Tag', 'Guten Tag', 'Bonjour']);
  });

  test('that cannot be read, or goes too deep, is an issue of the step that holds it', () => {
    const broken = { ...silent, nodes: [{ id: 'x', kind: 'nonsense', config: {} }] };
    expect(parsed(flow({ sub: holding(broken) }, [])).issues).toMatchObject([
      { code: 'subflow.broken', place: { node: 'sub' } },
    ]);
    expect(parsed(flow({ sub: holding({ schemaVersion: 99 }) }, [])).issues).toMatchObject([
      { code: 'subflow.broken' },
    ]);
    let deep: object = silent;
    for (let level = 0; level < 5; level++)
      deep = flow({ sub: holding(deep), done: end }, ['sub.done > done']);
    expect(parsed(deep).issues).toMatchObject([{ code: 'subflow.broken' }]);
  });

  test('names every flow inside, however deep', () => {
    const middle = flow({ in: holding(silent, 'inner'), done: end }, ['in.done > done']);
    const outer = parsed(flow({ sub: holding(middle, 'middle') }, []));
    expect(embeddedIn(outer).map(({ node, flow: { id } }) => `${node} ${id}`)).toEqual([
      'sub middle',
      'sub/in inner',
    ]);
  });

  test('is proved with the flow around it: what goes wrong inside is told at the step that holds it', () => {
    const needy = flow({ say: message('Hello {{answers.name}}'), done: end }, ['say.next > done']);
    const outer = (first: object) =>
      parsed(
        flow({ first, sub: holding(needy), done: end }, [
          'first.answered > sub',
          'first.timeout > done',
          'sub.done > done',
        ]),
      );
    const unset = (json: ParsedFlow) =>
      prove(json, proofWorld()).findings.filter(({ code }) => code.startsWith('variable'));
    expect(unset(outer(question('Name?', 'name')))).toEqual([]);
    const [finding] = unset(outer(question('Name?')));
    expect(finding).toMatchObject({ place: { node: 'sub' } });
  });

  test('is the same flow on every phone: it opens, and its steps have names', () => {
    const { compiled, issues } = opened(flow({ sub: holding(asking), done: end }, ['sub.done > done']));
    expect(issues).toEqual([]);
    expect(compiled.nodes.get('sub/ask')?.title).toBe('ask');
  });
});
