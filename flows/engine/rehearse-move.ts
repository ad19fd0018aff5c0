import type { CompiledFlow } from './compile.ts';
import type { BoundNode } from './node-kind.ts';
import { wakeOf } from './wake-of.ts';

/**
 * What would become of somebody who waits in a place, if their conversation went on with another version. `same`: nothing about the
 * step changes; `changed`: it goes on there, differently; `gone`: there is no such place, so they stay where they are.
 */
export interface MoveVerdict {
  verdict: 'same' | 'changed' | 'gone';
  /** What is different, as codes: `config` of the step, `lines` out of it, `words` in another language, `answers` that it lacks. */
  changes: readonly MoveChange[];
  wait: MoveWait;
}

/**
 * What becomes of the time somebody waits until: it stays, is so many seconds later or earlier, is counted from the move on (none:
 * what they wait for is looked at anew at once), or is no more.
 */
export type MoveWait = { do: 'keep' | 'clear' } | { do: 'shift' | 'set'; seconds: number };

export type MoveChange = 'config' | 'lines' | 'words' | 'answers';

/** Compares where somebody waits in one version with the same place of another. Pure: it looks at drawings only. */
export function rehearseMove(from: CompiledFlow, to: CompiledFlow, node: string, place: string): MoveVerdict {
  const before = from.nodes.get(node);
  const after = to.nodes.get(node);
  if (!before || !after || before.kind !== after.kind || !hasPlace(to, node, place))
    return { verdict: 'gone', changes: [], wait: { do: 'keep' } };
  const changes: MoveChange[] = [
    ...differ('config', configOf(from, node), configOf(to, node)),
    ...differ('lines', linesOf(from, node), linesOf(to, node)),
    ...differ('words', wordsOf(from, node), wordsOf(to, node)),
    ...(lacksAnswers(from, to, node) ? (['answers'] as const) : []),
  ];
  const wait = waitAfter(wakeOf(before, place), wakeOf(after, place), changes.includes('config'));
  return { verdict: changes.length === 0 ? 'same' : 'changed', changes, wait };
}

type Wake = ReturnType<typeof wakeOf>;

function waitAfter(before: Wake, after: Wake, isChanged: boolean): MoveWait {
  if (!after) return { do: before ? 'clear' : 'keep' };
  if (!before) return { do: 'set', seconds: after.afterSeconds };
  if (before.until || after.until) return isChanged ? { do: 'set', seconds: 0 } : { do: 'keep' };
  const seconds = after.afterSeconds - before.afterSeconds;
  return seconds === 0 ? { do: 'keep' } : { do: 'shift', seconds };
}

function hasPlace({ chart }: CompiledFlow, node: string, place: string): boolean {
  const { states } = chart.around(node);
  const state = Object.hasOwn(states, node) ? states[node] : undefined;
  return state !== undefined && (place === '' || Object.hasOwn(state.states, place));
}

function differ(change: MoveChange, before: unknown, after: unknown): MoveChange[] {
  return plain(before) === plain(after) ? [] : [change];
}

const configOf = ({ definition }: CompiledFlow, node: string): unknown =>
  definition.nodes.find(({ id }) => id === node)?.config;

const linesOf = ({ definition }: CompiledFlow, node: string): string[] =>
  definition.edges
    .filter(({ from }) => from === node)
    .map(({ port, to }) => `${port} ${to}`)
    .sort();

const wordsOf = ({ definition }: CompiledFlow, node: string): object =>
  Object.entries(definition.translations).flatMap(([language, texts]) =>
    Object.entries(texts)
      .filter(([key]) => key.startsWith(`${node}.`))
      .map(([key, text]) => `${language} ${key} ${text}`)
      .sort(),
  );

/** Whether the steps ahead read answers that neither version asks for on the way there. */
function lacksAnswers(from: CompiledFlow, to: CompiledFlow, node: string): boolean {
  const ahead = stepsAhead(to, node);
  const known = new Set([...from.nodes.values(), ...ahead].flatMap(({ sets }) => sets));
  return ahead.flatMap(answersRead).some((name) => !known.has(name));
}

const answersRead = ({ reads, texts }: BoundNode): string[] => [
  ...reads.filter((name) => name.startsWith('answers.')),
  ...texts.flatMap(({ template }) => [...template.matchAll(/answers\.\w+/g)].map(([name]) => name)),
];

/** The step itself and all that can follow it. */
function stepsAhead({ definition, nodes }: CompiledFlow, start: string): BoundNode[] {
  const seen = new Set([start]);
  for (const node of seen) {
    for (const { from, to } of definition.edges) if (from === node && to !== null) seen.add(to);
  }
  return [...seen].flatMap((id) => nodes.get(id) ?? []);
}

/** JSON with its keys in order, so that two ways to write the same are the same. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
