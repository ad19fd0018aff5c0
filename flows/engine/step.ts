import { type AnyMachineSnapshot, type AnyStateMachine, transition } from 'xstate';
import { type CompiledFlow, NOTHING_YET, type RunContext } from './compile.ts';
import type { EffectRequest } from './effects.ts';
import { keptValue, outcomeOf, type RunEvent, START } from './events.ts';

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

/**
 * No guard reads a run's context and the alphabet is finite, so where an event leads depends on the place and the event's type
 * alone: XState works out each such cell once, and from then on it is looked up, thirty times as fast.
 */
const tables = new WeakMap<CompiledFlow, Map<string, Cell | null>>();

/** Advances a run by one event: one XState macrostep, pure. */
export function advance(flow: CompiledFlow, position: Position, event: RunEvent): Step {
  const cell = hasEnded(position) ? null : cellOf(flow, position, event.type);
  if (cell === null) return { position, asked: [], passages: [], taken: false };
  const { node, place, asked, passages, captures } = cell;
  let { context } = position;
  if (captures.length > 0) {
    const kept = Object.fromEntries(captures.map((name) => [name, keptValue(event, name)]));
    context = { ...context, answers: { ...context.answers, ...kept } };
  }
  return { position: { node, place, context }, asked, passages, taken: true };
}

function cellOf(flow: CompiledFlow, { node, place }: Position, type: string): Cell | null {
  let table = tables.get(flow);
  if (!table) {
    table = new Map();
    tables.set(flow, table);
  }
  const key = `${node} ${place} ${type}`;
  const known = table.get(key);
  if (known !== undefined) return known;
  const cell = workOut(flow, node, place, type);
  // The names of events from outside have no end, so those that nothing listens to are not remembered.
  if (cell || !type.startsWith('event.')) table.set(key, cell);
  return cell;
}

function workOut({ machine }: CompiledFlow, node: string, place: string, type: string): Cell | null {
  const before = restored(machine, node, place);
  const [after, actions] = transition(machine, before, { type });
  // A step that goes round into its own place leaves the snapshot as it was, but not without actions.
  if (after === before && actions.length === 0) return null;
  // XState stops where a place leads to itself; nobody may rest in a place that leads on.
  if (isPassing(after)) throw new Error('A step goes round to itself without a wait.');

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

let last: { machine: AnyStateMachine; key: string; snapshot: AnyMachineSnapshot } | null = null;

/** The machine standing in a place. Looking through all of them costs more than a step, so the last one is kept: who explores asks for every event of a place in a row. */
function restored(machine: AnyStateMachine, node: string, place: string): AnyMachineSnapshot {
  const key = `${node} ${place}`;
  if (last?.machine !== machine || last.key !== key) {
    const value = place === '' ? node : { [node]: place };
    last = { machine, key, snapshot: machine.resolveState({ value, context: NOTHING_YET }) };
  }
  return last.snapshot;
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
