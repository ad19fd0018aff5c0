import { error, type Issue } from '../issue.ts';
import type { Drawing } from './drawing.ts';

/** More steps than this in one breath would run into the engine's fence. */
const MAX_STEPS_AT_ONCE = 80;

/** Places by what follows at once, with no reply and no time in between. A key is "node place". */
type AtOnce = Map<string, Set<string>>;

/** Whether the flow can go round, or on and on, without ever waiting. */
export function inspectRounds(drawing: Drawing): Issue[] {
  const graph = atOnce(drawing);
  const rounds = takeRounds(graph).map((places) => roundIssue(places, drawing));
  return rounds.length > 0 ? rounds : tooLong(graph, drawing);
}

function atOnce({ definition, nodes, outlines }: Drawing): AtOnce {
  const targets = new Map(definition.edges.map(({ from, port, to }) => [`${from} ${port}`, to]));
  const graph: AtOnce = new Map();
  for (const [id, { ways }] of outlines) {
    for (const { from, cause, to } of ways) {
      if (cause !== 'at-once' || to === null) continue;
      const next = 'place' in to ? `${id} ${to.place}` : entryOf(targets.get(`${id} ${to.port}`), nodes);
      if (next === null) continue;
      const place = `${id} ${from}`;
      graph.set(place, (graph.get(place) ?? new Set()).add(next));
    }
  }
  return graph;
}

function entryOf(id: string | undefined, nodes: Drawing['nodes']): string | null {
  const node = id === undefined ? undefined : nodes.get(id);
  return node ? `${node.id} ${node.entry}` : null;
}

/** Takes rounds out of the graph, one after the other, until it has none. */
function takeRounds(graph: AtOnce): string[][] {
  const rounds: string[][] = [];
  for (;;) {
    const inRounds = withoutEnds(graph);
    const round = oneRound(inRounds);
    if (!round) return rounds;
    rounds.push(round);
    for (const place of round) graph.delete(place);
  }
}

/** What is left when every place that leads nowhere is taken away, again and again. */
function withoutEnds(graph: AtOnce): AtOnce {
  const before = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [place, nexts] of graph) {
    open.set(place, nexts.size);
    for (const next of nexts) {
      const places = before.get(next);
      if (places) places.push(place);
      else before.set(next, [place]);
    }
  }
  const ends = [...before.keys()].filter((place) => !open.has(place));
  for (const end of ends) {
    for (const place of before.get(end) ?? []) {
      const rest = (open.get(place) ?? 0) - 1;
      open.set(place, rest);
      if (rest === 0) ends.push(place);
    }
  }
  return new Map([...graph].filter(([place]) => (open.get(place) ?? 0) > 0));
}

/** In a graph where every place leads on, whoever walks meets a place again. */
function oneRound(graph: AtOnce): string[] | null {
  let place = graph.keys().next().value;
  const path: string[] = [];
  while (place !== undefined) {
    const seen = path.indexOf(place);
    if (seen >= 0) return path.slice(seen);
    path.push(place);
    place = [...(graph.get(place) ?? [])].find((next) => graph.has(next));
  }
  return null;
}

function roundIssue(places: readonly string[], { name }: Drawing): Issue {
  const ids = [...new Set(places.map(nodeOf))];
  const [first = ''] = ids;
  const shown = ids.length > 6 ? [...ids.slice(0, 5).map(name), '…'] : ids.map(name);
  return error(
    'loop.no-wait',
    `${[...shown, name(first)].join(' → ')} goes round without ever waiting. Put a question or a wait in between.`,
    { node: first },
  );
}

function tooLong(graph: AtOnce, { name }: Drawing): Issue[] {
  const lengths = new Map<string, number>();
  const order: string[] = [];
  const visit = [...graph.keys()];
  for (let place = visit.pop(); place !== undefined; place = visit.pop()) {
    if (lengths.has(place)) continue;
    const nexts = [...(graph.get(place) ?? [])];
    const unknown = nexts.filter((next) => !lengths.has(next));
    if (unknown.length > 0) {
      visit.push(place, ...unknown);
      continue;
    }
    lengths.set(place, 1 + Math.max(0, ...nexts.map((next) => lengths.get(next) ?? 0)));
    order.push(place);
  }
  const first = order.find((place) => (lengths.get(place) ?? 0) > MAX_STEPS_AT_ONCE);
  if (first === undefined) return [];
  const node = nodeOf(first);
  const sentence = `More than ${MAX_STEPS_AT_ONCE} steps follow ${name(node)} without a wait. Put a question or a wait in between.`;
  return [error('chain.too-long', sentence, { node })];
}

const nodeOf = (place: string): string => place.slice(0, place.indexOf(' '));
