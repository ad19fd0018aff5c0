import { chooseArm } from '../engine/bucket.ts';
import { outcomeOf } from '../engine/events.ts';
import { drawnNode } from '../engine/flatten.ts';
import type { ParsedFlow } from '../definition/parse.ts';
import type { Conversation } from '../engine/transcript.ts';
import { type Edge, type Exploration, exploring, MAX_STATES } from './explore.ts';
import { ANYBODY } from './alphabet.ts';
import { drawnLine, drawnLines } from './drawn-lines.ts';
import { type Ground, groundOf } from './ground.ts';
import { nameOf } from './name-conversation.ts';
import { wayTo } from './paths.ts';
import { playTurns } from './play.ts';
import { givenSentences, scriptOf } from './script.ts';
import { seek } from './seek.ts';
import { finish } from './steps.ts';
import { exactLimit, type Limits, subjecting } from './subject.ts';
import { proofWorld, type ProofWorld } from './world.ts';

/** A line of the drawing that no generated conversation goes along, and why. */
export interface Uncovered {
  node: string;
  port: string;
  why: string;
}

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

const goesAlong = ({ passages }: Edge, line: string): boolean =>
  passages.some(({ from, port }) => `${from}.${port}` === line);

/** What somebody does by another way is told only where nothing else leads along a line. */
const isElsewhere = ({ happening }: Edge): boolean => happening?.kind === 'elsewhere';

const lengthOf = (way: readonly Edge[]): number => way.filter(({ happening }) => happening).length;

const linesOf = ({ parsed }: Ground): string[] =>
  parsed.definition.edges.map(({ from, port }) => `${from}.${port}`);

/** A generated conversation, the way it goes, and the lines it went along when it was played. */
export interface Talk {
  path: readonly Edge[];
  conversation: Conversation;
  lines: ReadonlySet<string>;
}

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

/** Plays a way along a line; where facts were not kept in mind, looks for one that does not contradict itself. */
function talkAlong(line: string, way: readonly Edge[], exploration: Exploration): Talk | null {
  const { ground } = exploration.scene;
  const talk = played(way, ground);
  if (talk?.lines.has(line)) return talk;
  const other = exploration.isLoose ? seek(exploration, { wanted: (edge) => goesAlong(edge, line) }) : null;
  const again = other && played(other, ground);
  return again?.lines.has(line) ? again : null;
}

/** What happened on a phone; null where it takes more than a text can bring about. */
function played(path: readonly Edge[], ground: Ground): Talk | null {
  const { given, turns, unplayable } = scriptOf(path, ground);
  const phone = given.phone ?? phoneIn(given.arms, ground);
  if (unplayable !== null || phone === null) return null;
  const person = {
    ...(Object.keys(given.fields).length > 0 ? { contact: fieldsOf(given.fields) } : {}),
    ...(phone === ANYBODY ? {} : { phone }),
    ...(given.language === null ? {} : { language: given.language }),
    ...(given.tags.length > 0 ? { tags: given.tags } : {}),
    ...(turns.some((turn) => 'answer' in turn) || waitsToArrive(path, ground) ? { holds: true } : {}),
    ...(given.closed.length > 0 ? { closedContests: given.closed } : {}),
  };
  const { lines, passed } = playTurns(turns, person, ground.sender);
  return { path, conversation: { name: nameOf(path, ground), ...person, lines }, lines: passed };
}

/** Whether it comes by a step that waits until its text arrives; where nobody says what became of it, it does at once. */
const waitsToArrive = (path: readonly Edge[], { parsed }: Ground): boolean =>
  path.some(({ passages }) =>
    passages.some(({ from }) => {
      const node = parsed.nodes.get(from);
      return node?.kind === 'message' && node.waits;
    }),
  );

const fieldsOf = (fields: Readonly<Record<string, unknown>>): NonNullable<Conversation['contact']> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, value]]
        : [],
    ),
  );

/** A number that falls into these arms: 555-0100 to 555-0199 of as many area codes as it takes are nobody's. Null when none was found. */
function phoneIn(arms: Readonly<Record<string, string>>, { drawing }: Ground): string | null {
  const wanted = Object.entries(arms);
  const splits = [...drawing.outlines.values()].flatMap(({ requests }) =>
    requests.flatMap(({ request }) => (request.kind === 'split' ? [request] : [])),
  );
  for (let n = 23; n < MANY_NUMBERS; n++) {
    const phone = `+1${202 + Math.floor(n / 100)}55501${String(n % 100).padStart(2, '0')}`;
    const fits = ([experiment, arm]: [string, string]) =>
      splits.some(
        (split) => split.experiment === experiment && chooseArm(experiment, phone, split.arms) === arm,
      );
    if (wanted.every(fits)) return phone;
  }
  return null;
}

const MANY_NUMBERS = 40_000;

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

/** Why somebody new does not come along a line: only other people do, or only what nobody can text brings them there. */
function* whyNot(lines: readonly string[], ground: Ground, options: Limits): Generator<unknown, Uncovered[]> {
  if (lines.length === 0) return [];
  const { exploration } = yield* subjecting(ground, [], options);
  const uncovered: Uncovered[] = [];
  for (const line of lines) {
    yield;
    const at = line.lastIndexOf('.');
    const way = wayTo(exploration, { wanted: (edge) => goesAlong(edge, line) });
    uncovered.push({
      node: drawnNode(line.slice(0, at)),
      port: line.slice(at + 1),
      why: reason(way, ground),
    });
  }
  return uncovered;
}

function reason(way: readonly Edge[] | null, ground: Ground): string {
  if (!way) return 'Nothing leads along it.';
  if (way.some(({ doubtful }) => doubtful)) {
    return 'Only what no text brings about leads along it, such as a spending limit.';
  }
  const given = givenSentences(scriptOf(way, ground).given);
  return given.length > 0
    ? `Only somebody comes along it who ${given.join(' and ')}.`
    : 'No conversation along it was found in time.';
}
