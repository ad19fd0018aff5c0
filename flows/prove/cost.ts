import type { ParsedFlow } from '../definition/parse.ts';
import { outcomeOf } from '../engine/events.ts';
import type { Edge, Exploration } from './explore.ts';
import { talksOf } from './generate.ts';
import { groundOf } from './ground.ts';
import { roundsOver } from './rounds.ts';
import { isSent } from './notes.ts';
import { type Limits, subjectOf } from './subject.ts';
import { type Bounds, type Range, type TextCost, textCosts } from './text-cost.ts';
import { proofWorld, type ProofWorld } from './world.ts';

/** What one conversation sends, in segments. */
export interface PathCost {
  name: string;
  texts: number;
  segments: Range;
}

/** What a flow can cost a person, in segments; the program's own answers to HELP and STOP are not counted. */
export interface FlowCost {
  texts: TextCost[];
  /** The generated conversations, which go along every line. */
  paths: PathCost[];
  /** The cheapest conversation that comes to its end. */
  min: number;
  /** The dearest; null where somebody can go round as often as they like. Being asked again after HELP is not counted. */
  max: number | null;
}

export interface CostOptions extends Limits {
  /** How long variables are, in letters; what is not named is taken to be a word. */
  bounds?: Readonly<Record<string, Bounds>>;
}

/** Counts what a flow sends: per text, per conversation, and at the extremes. */
export function costOf(
  parsed: ParsedFlow,
  world: ProofWorld = proofWorld(),
  { bounds = {}, ...options }: CostOptions = {},
): FlowCost {
  const ground = groundOf(parsed, world);
  const texts = textCosts(ground, bounds);
  const [base = 'en'] = ground.compiled.definition.languages;
  const byText = new Map(
    texts
      .filter(({ language }) => language === base)
      .map((text) => [`${text.node} ${text.field}`, text.segments]),
  );
  const rangesOn = ({ notes }: Edge): Range[] =>
    notes.filter(isSent).flatMap(({ node, field }) => byText.get(`${node} ${field}`) ?? []);
  const paths = talksOf(ground, options).talks.map(({ path, conversation }) => {
    const ranges = path.flatMap(rangesOn);
    return { name: conversation.name, texts: ranges.length, segments: sum(ranges) };
  });
  const { exploration } = subjectOf(ground, [], options);
  return {
    texts,
    paths,
    min: cheapest(exploration, (edge) => sum(rangesOn(edge)).min),
    max: dearest(exploration, (edge) => sum(rangesOn(edge)).max),
  };
}

function sum(ranges: readonly Range[]): Range {
  const total = { min: 0, likely: 0, max: 0 };
  for (const { min, likely, max } of ranges) {
    total.min += min;
    total.likely += likely;
    total.max += max;
  }
  return total;
}

const counts = ({ doubtful, happening }: Edge): boolean =>
  !doubtful && happening?.kind !== 'help' && happening?.kind !== 'comeback' && happening?.kind !== 'stop';

/** Dijkstra over whole numbers: one bucket a segment. */
function cheapest({ states, leaving }: Exploration, weigh: (edge: Edge) => number): number {
  const done = new Set<number>();
  const buckets: number[][] = [[0]];
  for (let cost = 0; cost < buckets.length; cost++) {
    for (const state of buckets[cost] ?? []) {
      if (done.has(state)) continue;
      done.add(state);
      if (outcomeOf(states[state]?.node ?? '') !== null) return cost;
      for (const edge of leaving[state] ?? []) {
        if (!counts(edge)) continue;
        const total = cost + weigh(edge);
        while (buckets.length <= total) buckets.push([]);
        buckets[total]?.push(edge.to);
      }
    }
  }
  return 0;
}

/** The longest way, or null where a round sends something. Where none does, going round again makes nothing dearer. */
function dearest(exploration: Exploration, weigh: (edge: Edge) => number): number | null {
  if (roundsOver(exploration, counts).some((round) => round.some((edge) => weigh(edge) > 0))) return null;
  const { leaving } = exploration;
  const dear = new Map([[0, 0]]);
  const queue = new Set([0]);
  for (const state of queue) {
    queue.delete(state);
    for (const edge of leaving[state] ?? []) {
      const total = (dear.get(state) ?? 0) + weigh(edge);
      if (!counts(edge) || total <= (dear.get(edge.to) ?? -1)) continue;
      dear.set(edge.to, total);
      queue.add(edge.to);
    }
  }
  return Math.max(...dear.values());
}
