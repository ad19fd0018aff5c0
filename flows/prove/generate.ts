import { outcomeOf } from '../engine/events.ts';
import type { ParsedFlow } from '../definition/parse.ts';
import type { Conversation } from '../engine/transcript.ts';
import { type Edge, type Exploration, exploring, MAX_STATES } from './explore.ts';
import { drawnLine, drawnLines } from './drawn-lines.ts';
import { type Ground, groundOf } from './ground.ts';
import { goesAlong, wayTo } from './paths.ts';
import { finish } from './steps.ts';
import { exactLimit, type Limits } from './subject.ts';
import { type Talk, talkAlong } from './talk.ts';
import { type Uncovered, whyNot } from './uncovered.ts';
import { proofWorld, type ProofWorld } from './world.ts';

/** Conversations that together go along every line somebody new can come to, those inside the flows that steps hold included. */
export interface GoldenSet {
  conversations: Conversation[];
  /** The lines of the drawing that they go along, as "node.port". */
  covered: Set<string>;
  uncovered: Uncovered[];
}

/**
 * Writes a readable set of conversations for a flow: the shortest that go along every line, none that adds nothing. Each has been
 * played on the engine's own phone, so that what is heard is what was heard.
 */
export function generate(
  parsed: ParsedFlow,
  world: ProofWorld = proofWorld(),
  options: Limits = {},
): GoldenSet {
  return finish(generating(parsed, world, options));
}

/** The same, step by step, for those who have something else to do meanwhile. */
export function* generating(
  parsed: ParsedFlow,
  world: ProofWorld = proofWorld(),
  options: Limits = {},
): Generator<unknown, GoldenSet> {
  const ground = groundOf(parsed, world);
  yield;
  const { talks, covered } = yield* talking(ground, options);
  const along = drawnLines(covered);
  const missed = linesOf(ground).filter((line) => !covered.has(line) && drawnLine(line) !== null);
  return {
    conversations: talks.map(({ conversation }) => conversation),
    covered: new Set(
      parsed.definition.edges.map(({ from, port }) => `${from}.${port}`).filter((line) => along.has(line)),
    ),
    uncovered: yield* whyNot(missed, ground, options),
  };
}

/** The generated conversations with the ways they go, the shortest first. */
export const talksOf = (ground: Ground, options: Limits): { talks: Talk[]; covered: Set<string> } =>
  finish(talking(ground, options));

function* talking(
  ground: Ground,
  options: Limits,
): Generator<unknown, { talks: Talk[]; covered: Set<string> }> {
  const exploration = yield* exploringNewcomer(ground, options);
  const onward = waysToEnd(exploration);
  const lines = linesOf(ground);
  const ways: { line: string; way: Edge[]; length: number }[] = [];
  for (const line of lines) {
    yield;
    const wanted = (edge: Edge) => goesAlong(edge, line);
    const plain = wayTo(exploration, { wanted, avoid: isElsewhere });
    const way = plain?.every(({ doubtful }) => !doubtful) ? plain : wayTo(exploration, { wanted });
    if (way) ways.push({ line, way, length: lengthOf(way) });
  }
  const covered = new Set<string>();
  const talks: Talk[] = [];
  for (const { line, way } of ways.sort((a, b) => b.length - a.length)) {
    if (covered.has(line)) continue;
    yield;
    const talk = talkAlong(line, [...way, ...toEnd(exploration, way, onward)], exploration);
    if (!talk) continue;
    talks.push(talk);
    for (const passed of talk.lines) covered.add(passed);
  }
  const kept = yield* withoutRepeats(talks, lines);
  kept.sort((a, b) => lengthOf(a.path) - lengthOf(b.path) || a.path.length - b.path.length);
  return { talks: differentlyNamed(kept), covered };
}

/** Keeps every fact in mind where that can be afforded. */
function* exploringNewcomer(ground: Ground, limits: Limits): Generator<unknown, Exploration> {
  const { maxStates = MAX_STATES, memory } = limits;
  const person = 'newcomer';
  const exact = yield* exploring(ground, { person, maxStates: exactLimit(ground, limits), memory });
  return exact.bounded ? yield* exploring(ground, { person, maxStates, track: new Set(), memory }) : exact;
}

/** What somebody does by another way is told only where nothing else leads along a line. */
const isElsewhere = ({ happening }: Edge): boolean => happening?.kind === 'elsewhere';

const lengthOf = (way: readonly Edge[]): number => way.filter(({ happening }) => happening).length;

const linesOf = ({ parsed }: Ground): string[] =>
  parsed.definition.edges.map(({ from, port }) => `${from}.${port}`);

/** From each state, the edge that is the shortest way to an end, STOP aside. */
function waysToEnd({ states, edges }: Exploration): ReadonlyMap<number, Edge> {
  const arriving: Edge[][] = states.map(() => []);
  for (const edge of edges) {
    const { happening, doubtful, from } = edge;
    const isOver = outcomeOf(states[from]?.node ?? '') !== null;
    if (!doubtful && !isOver && happening?.kind !== 'stop' && happening?.kind !== 'elsewhere')
      arriving[edge.to]?.push(edge);
  }
  const onward = new Map<number, Edge>();
  const ends = states.filter(({ node }) => outcomeOf(node) === 'completed').map(({ id }) => id);
  const others = states.filter(({ node }) => outcomeOf(node) === 'not-reached').map(({ id }) => id);
  for (const from of [ends, others]) {
    const queue = [...from];
    for (const state of queue) {
      for (const edge of arriving[state] ?? []) {
        if (onward.has(edge.from)) continue;
        onward.set(edge.from, edge);
        queue.push(edge.from);
      }
    }
  }
  return onward;
}

function toEnd({ states }: Exploration, before: readonly Edge[], onward: ReadonlyMap<number, Edge>): Edge[] {
  const way: Edge[] = [];
  for (let state = before.at(-1)?.to ?? -1; outcomeOf(states[state]?.node ?? '$failed') === null; ) {
    const next = onward.get(state);
    if (!next) break;
    way.push(next);
    state = next.to;
  }
  return way;
}

/** Leaves out what others go along together. */
function* withoutRepeats(talks: readonly Talk[], wanted: readonly string[]): Generator<unknown, Talk[]> {
  const kept = [...talks];
  for (const talk of talks.toReversed()) {
    yield;
    const others = kept.filter((one) => one !== talk);
    const isNeeded = wanted.some(
      (line) => talk.lines.has(line) && !others.some(({ lines }) => lines.has(line)),
    );
    if (!isNeeded) kept.splice(kept.indexOf(talk), 1);
  }
  return kept;
}

function differentlyNamed(talks: readonly Talk[]): Talk[] {
  const names = new Map<string, number>();
  return talks.map((talk) => {
    const { name } = talk.conversation;
    const times = (names.get(name) ?? 0) + 1;
    names.set(name, times);
    return times === 1
      ? talk
      : { ...talk, conversation: { ...talk.conversation, name: `${name} (${times})` } };
  });
}
