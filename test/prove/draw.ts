import { parse, type ParsedFlow } from '#flows/definition/parse.ts';

/** A flow in shorthand: steps as `id: [kind, config]`, lines as "ask.yes > done". */
export interface Sketch {
  nodes: Record<string, readonly [kind: string, config: Record<string, unknown>]>;
  edges: readonly string[];
  start?: string;
  keywords?: readonly string[];
  triggers?: readonly unknown[];
  languages?: readonly string[];
  translations?: Record<string, Record<string, string>>;
}

/** The first text of a flow that has nothing else to be blamed for. */
export const FIRST = '{{program.brand}}: hello! HELP for help, STOP to end. Msg & data rates may apply.';

/** Who sends where nobody says it. */
export const BRAND = 'Your brand';
/** How it reads. */
export const HELLO = FIRST.replace('{{program.brand}}', BRAND);

/** The definition a sketch stands for. */
export function drawn({ nodes, edges, start, keywords = ['GO'], ...more }: Sketch): Record<string, unknown> {
  return {
    schemaVersion: 1,
    name: 'Sketch',
    triggers: keywords.length > 0 ? [{ kind: 'keyword', words: keywords }] : [],
    nodes: Object.entries(nodes).map(([id, [kind, config]]) => ({ id, kind, config })),
    edges: edges.map((line) => {
      const [, from, port, to] = /^(\S+)\.(\S+) > (\S+)$/.exec(line) ?? [];
      return { from, port, to };
    }),
    start: start ?? Object.keys(nodes)[0],
    ...more,
  };
}

/** A sketch as `parse` reads it. */
export function parsed(sketch: Sketch): ParsedFlow {
  const flow = parse(drawn(sketch));
  if (flow.definition === null) throw new Error(JSON.stringify(flow.issues));
  return flow;
}

/** Every template and flow of a suite, read. */
export function read(json: unknown): ParsedFlow {
  const flow = parse(json);
  if (flow.definition === null) throw new Error(JSON.stringify(flow.issues));
  return flow;
}

export const say = (text: string, more: Record<string, unknown> = {}) =>
  ['message', { text, ...more }] as const;
export const end = ['end', {}] as const;

/** A question with answers "yes" and "no", waiting a day; `ask('…', { saveAs: 'x' })`. */
export const ask = (text: string, more: Record<string, unknown> = {}) =>
  [
    'question',
    {
      text,
      answers: [
        { id: 'yes', words: ['YES'] },
        { id: 'no', words: ['NO'] },
      ],
      retries: 0,
      timeout: '24h',
      ...more,
    },
  ] as const;
