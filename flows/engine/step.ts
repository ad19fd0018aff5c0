import type { AnyActorScope, AnyMachineSnapshot } from 'xstate';
import { createActor, createMachine } from 'xstate';
import { type CompiledFlow, NOTHING_YET, type RunContext } from './compile.ts';
import type { EffectRequest } from './effects.ts';
import { outcomeOf, type RunEvent, START } from './events.ts';

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
  asked: { node: string; request: EffectRequest }[];
  passages: Passage[];
  taken: boolean;
}

/** Where every run begins; the first event is `start`. */
export const BEGINNING: Position = { node: START, place: '', context: NOTHING_YET };

interface Recorded {
  type: string;
  params: unknown;
}

/**
 * XState's public `transition` builds an actor on each call, which costs more than the step itself. One inert scope is reused
 * instead; `machine.transition(snapshot, event, scope)` is what `transition` calls inside (held by a differential test).
 */
const recorded: Recorded[] = [];
const idle = createActor(createMachine({}));
const scope: AnyActorScope = {
  self: idle,
  system: idle.system,
  id: '',
  sessionId: '',
  logger: () => {},
  defer: () => {},
  stopChild: () => {},
  emit: () => {},
  actionExecutor: (action) => {
    recorded.push({ type: action.type, params: action.params });
  },
};

const shells = new WeakMap<CompiledFlow, Map<string, AnyMachineSnapshot>>();

/** Advances a run by one event: one XState macrostep, pure. */
export function advance(flow: CompiledFlow, position: Position, event: RunEvent): Step {
  const snapshot = restore(flow, position);
  recorded.length = 0;
  const next: AnyMachineSnapshot = flow.machine.transition(snapshot, event, scope);
  if (next === snapshot) return { position, asked: [], passages: [], taken: false };
  return collect(position.node, positionOf(next, position.context));
}

/** Actions come in order: what is asked before a line is passed was asked by the node the line leaves. */
function collect(from: string, position: Position): Step {
  const step: Step = { position, asked: [], passages: [], taken: true };
  let node = from;
  for (const { type, params } of recorded) {
    if (isPassage(type, params)) {
      step.passages.push(params);
      node = params.to;
    } else if (isRequest(type, params)) {
      step.asked.push({ node, request: params });
    }
  }
  return step;
}

const isPassage = (type: string, params: unknown): params is Passage =>
  type === 'edge' && params !== undefined;
const isRequest = (type: string, params: unknown): params is EffectRequest =>
  type === 'ask' && params !== undefined;

/** `resolveState` is linear in the number of states, so the empty snapshot of each place is made once. */
function restore(flow: CompiledFlow, position: Position): AnyMachineSnapshot {
  let cache = shells.get(flow);
  if (!cache) {
    cache = new Map();
    shells.set(flow, cache);
  }
  const key = `${position.node} ${position.place}`;
  let shell = cache.get(key);
  if (!shell) {
    shell = flow.machine.resolveState({
      value: position.place === '' ? position.node : { [position.node]: position.place },
      context: {},
    });
    cache.set(key, shell);
  }
  return { ...shell, context: position.context };
}

function positionOf(snapshot: AnyMachineSnapshot, before: RunContext): Position {
  const value: unknown = snapshot.value;
  const context: RunContext = { ...before, ...snapshot.context };
  if (typeof value === 'string') return { node: value, place: '', context };
  const [entry] = Object.entries(value ?? {});
  return { node: entry?.[0] ?? START, place: String(entry?.[1] ?? ''), context };
}

/** Whether the run is over. */
export const hasEnded = (position: Position): boolean => outcomeOf(position.node) !== null;
