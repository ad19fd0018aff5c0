import { inspect } from '#flows/definition/inspect.ts';
import type { Issue } from '#flows/definition/issue.ts';
import { parse } from '#flows/definition/parse.ts';

/** A drawing in shorthand: lines are "from.port > to". */
export interface Drawing {
  nodes: Record<string, { kind: string; title?: string; config?: object }>;
  lines: string[];
  start?: string | null;
  triggers?: object[];
  languages?: string[];
  translations?: object;
}

/** A keyword that begins it. */
export const GO = { kind: 'keyword', words: ['GO'] };

/** The definition a shorthand stands for. */
export function draw({ nodes, lines, start, ...rest }: Drawing) {
  return {
    schemaVersion: 1,
    name: 'Flow',
    triggers: [GO],
    nodes: Object.entries(nodes).map(([id, node]) => ({ id, title: id, config: {}, ...node })),
    edges: lines.map((line) => {
      const [, from, port, to] = /^(\S+)\.(\S+) > (\S+)$/.exec(line) ?? [];
      return { from, port, to };
    }),
    start: start === undefined ? (Object.keys(nodes)[0] ?? null) : start,
    ...rest,
  };
}

/** What `inspect` says about a drawing. */
export const issuesOf = (drawing: Drawing, countries?: string[]): Issue[] => {
  const flow = parse(draw(drawing));
  if (flow.definition === null) throw new Error(flow.issues.map(({ message }) => message).join(' '));
  return inspect(flow, countries);
};

/** The same by code. */
export const codes = (drawing: Drawing, countries?: string[]) =>
  issuesOf(drawing, countries).map(({ code }) => code);

/** Steps, ready to be drawn. */
export const end = { kind: 'end' };
export const text = (words: string, more: object = {}) => ({
  kind: 'message',
  config: { text: words, purpose: 'reply', ...more },
});
export const question = (more: object = {}) => ({
  kind: 'question',
  config: { text: 'Tea?', answers: [{ id: 'yes', words: ['YES'] }], timeout: '1h', ...more },
});
export const wait = { kind: 'delay', config: { duration: '1h' } };
export const ASKED = ['ask.yes > end', 'ask.other > end', 'ask.timeout > end'];
