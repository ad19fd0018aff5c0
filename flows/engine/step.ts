import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { CompiledFlow } from './compile.ts';
import type { EffectRequest } from './effects.ts';
import { Endless } from './endless.ts';
import { keptValue, outcomeOf, type RunEvent, START } from './events.ts';
import { macrostep } from './macrostep.ts';
import type { RunContext } from './run-context.ts';
import { NOTHING_YET } from './statechart.ts';

/** Where a run stands: a node, the place inside it ("" for endings), and what it remembers. This is all a run stores. */
export interface Position {
  node: string;
  place: string;
  context: RunContext;
}

/** A line of the drawing that a run went along. */
export interface Passage {
  from: string;
  port: string;
  to: string;
}

/** What one event did: the new position, what the fragment asks for, and the lines passed. `taken` is false when nothing in the machine listens to the event. */
export interface Step {
  position: Position;
  asked: readonly { node: string; request: EffectRequest }[];
  passages: readonly Passage[];
  taken: boolean;
}

/** Where every run begins; the first event is `start`. */
export const BEGINNING: Position = { node: START, place: '', context: NOTHING_YET };

/** What an event of one type does in one place, whoever the person is. */
interface Cell {
  node: string;
  place: string;
  asked: Step['asked'];
  passages: Step['passages'];
  /** The names under which the event's value is kept. */
  captures: readonly string[];
}

/** A node that runs were seen in. */
interface Seen {
  machine: AnyStateMachine;
  /** Every event that something in the machine listens to; nothing listens to a pattern of names. */
  heard: ReadonlySet<string>;
  places: Map<string, Spot>;
}

/** A place of it: XState's machine standing there, and its cells by type of event; null where nothing takes the event. */
interface Spot {
  standing: AnyMachineSnapshot;
  cells: Map<string, Cell | null>;
}

/**
 * No guard reads a run's context and the alphabet is finite, so where an event leads depends on the place and the event's type
 * alone: XState works out each such cell once, and from then on it is looked up, thirty times as fast. By node.
 */
const tables = new WeakMap<CompiledFlow, Map<string, Seen>>();

/** Advances a run by one event: one XState macrostep, pure. */
export function advance(flow: CompiledFlow, position: Position, event: RunEvent): Step {
  const cell = hasEnded(position) ? null : cellOf(flow, position, event.type);
  if (cell === null) return { position, asked: [], passages: [], taken: false };
  const { node, place, asked, passages, captures } = cell;
  let { context } = position;
  if (captures.length > 0) {
    const answers = { ...context.answers };
    for (const name of captures) answers[name] = keptValue(event, name);
    context = { ...context, answers };
  }
  return { position: { node, place, context }, asked, passages, taken: true };
}

function cellOf(flow: CompiledFlow, { node, place }: Position, type: string): Cell | null {
  const { machine, heard, places } = seen(flow, node);
  let spot = places.get(place);
  if (!spot) {
    const value = place === '' ? node : { [node]: place };
    spot = { standing: machine.resolveState({ value, context: NOTHING_YET }), cells: new Map() };
    places.set(place, spot);
  }
  const known = spot.cells.get(type);
  if (known !== undefined) return known;
  // The names of events from outside have no end: what nobody listens to is not remembered.
  if (!heard.has(type)) return null;
  const cell = workOut(spot.standing, node, type);
  spot.cells.set(type, cell);
  return cell;
}

function seen(flow: CompiledFlow, node: string): Seen {
  let nodes = tables.get(flow);
  if (!nodes) {
    nodes = new Map();
    tables.set(flow, nodes);
  }
  let one = nodes.get(node);
  if (!one) {
    const machine = flow.chart.around(node);
    one = { machine, heard: new Set(machine.events), places: new Map() };
    nodes.set(node, one);
  }
  return one;
}

function workOut(before: AnyMachineSnapshot, node: string, type: string): Cell | null {
  const [after, actions] = macrostep(before, { type });
  // A step that goes round into its own place leaves the snapshot as it was, but not without actions.
  if (after === before && actions.length === 0) return null;
  // XState stops where a place leads to itself; nobody may rest in a place that leads on.
  if (isPassing(after)) throw new Endless('A step goes round to itself without a wait.');

  const asked: { node: string; request: EffectRequest }[] = [];
  const passages: Passage[] = [];
  // Actions come in order: what is asked before a line is passed was asked by the node the line leaves.
  let at = node;
  for (const { type: action, params } of actions) {
    if (isPassage(action, params)) {
      passages.push(params);
      at = params.to;
    } else if (isRequest(action, params)) {
      asked.push({ node: at, request: params });
    }
  }
  return { ...stateOf(after.value), asked, passages, captures: Object.keys(after.context.answers) };
}

const isPassing = ({ _nodes }: AnyMachineSnapshot): boolean =>
  _nodes.some(({ always }) => always !== undefined && always.length > 0);

const isPassage = (type: string, params: unknown): params is Passage =>
  type === 'edge' && params !== undefined;
const isRequest = (type: string, params: unknown): params is EffectRequest =>
  type === 'ask' && params !== undefined;

function stateOf(value: unknown): { node: string; place: string } {
  if (typeof value === 'string') return { node: value, place: '' };
  const [entry] = Object.entries(value ?? {});
  return { node: entry?.[0] ?? START, place: String(entry?.[1] ?? '') };
}

/** Whether the run is over. */
export const hasEnded = (position: Position): boolean => outcomeOf(position.node) !== null;
