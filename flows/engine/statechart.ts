import { type AnyStateMachine, assign, setup } from 'xstate';
import type { Definition } from '../definition/schema.ts';
import { ENDINGS, keptValue, START } from './events.ts';
import type { BoundNode, FragmentTransition, PlaceFragment, To } from './node-kind.ts';
import type { RunContext } from './run-context.ts';

/** The statechart that a drawing is. */
export interface Statechart {
  /** The machine of the whole drawing. */
  readonly whole: AnyStateMachine;
  /**
   * A machine that does in a node what the whole does there: it has that node, the nodes that a step from it passes through, and
   * of those where such a step comes to rest the place it rests in. A step never goes further, and XState takes tens of
   * milliseconds to lay out a whole drawing of hundreds of nodes.
   */
  around: (node: string) => AnyStateMachine;
}

type Fragment = Record<string, PlaceFragment>;

/** XState's own fence is endless; a macrostep of a sane flow takes a handful of microsteps. */
const MAX_ITERATIONS = 200;

/** Lays out bound nodes as a statechart. Nothing is built before somebody asks for it. */
export function statechart(definition: Definition, nodes: ReadonlyMap<string, BoundNode>): Statechart {
  const existing = (id: string | null): string => (id !== null && nodes.has(id) ? id : '$dead-end');
  const fragments = new Map<string, Fragment>();
  let targets: Map<string, string> | undefined;
  let whole: AnyStateMachine | undefined;

  const fragmentOf = (node: BoundNode): Fragment => {
    const known = fragments.get(node.id);
    if (known) return known;
    targets ??= new Map(definition.edges.map((edge) => [`${edge.from} ${edge.port}`, existing(edge.to)]));
    const fragment = node.states(exits(node, targets));
    fragments.set(node.id, fragment);
    return fragment;
  };
  const begin = transitionTo('start', START, existing(definition.start));

  return {
    get whole() {
      whole ??= machineOf(
        begin,
        [...nodes.values()].map((node) => [node, fragmentOf(node)]),
      );
      return whole;
    },
    around: (id) => machineOf(id === START ? begin : {}, nearby(id, begin, nodes, fragmentOf)),
  };
}

/** The nodes that a step from this one can come to, with what is needed of each. */
function nearby(
  id: string,
  begin: FragmentTransition,
  nodes: ReadonlyMap<string, BoundNode>,
  fragmentOf: (node: BoundNode) => Fragment,
): Iterable<readonly [BoundNode, Fragment]> {
  const near = new Map<string, readonly [BoundNode, Fragment]>();
  const follow = ({ target }: FragmentTransition): void => {
    const node = target?.startsWith('#') ? nodes.get(target.slice(1)) : undefined;
    if (!node || near.has(node.id)) return;
    const fragment = fragmentOf(node);
    const first = fragment[node.entry];
    if (!first || first.always) include(node, fragment);
    else near.set(node.id, [node, { [node.entry]: first.entry ? { entry: first.entry } : {} }]);
  };
  const include = (node: BoundNode, fragment: Fragment): void => {
    near.set(node.id, [node, fragment]);
    for (const { on = {}, always } of Object.values(fragment)) {
      for (const transition of Object.values(on)) follow(transition);
      if (always) follow(always);
    }
  };
  const here = nodes.get(id);
  if (here) include(here, fragmentOf(here));
  else follow(begin);
  return near.values();
}

function machineOf(
  begin: FragmentTransition,
  parts: Iterable<readonly [BoundNode, Fragment]>,
): AnyStateMachine {
  const states: Record<string, object> = { [START]: { id: START, on: { start: begin } } };
  for (const [{ id, entry }, fragment] of parts) states[id] = { id, initial: entry, states: fragment };
  for (const ending of Object.keys(ENDINGS)) states[ending] = { id: ending, type: 'final' };

  return blueprint.createMachine({
    id: '$flow',
    initial: START,
    context: NOTHING_YET,
    states,
    on: {
      stop: { target: '.$stopped' },
      cancel: { target: '.$cancelled' },
      'dlr.failed': { target: '.$not-reached' },
    },
    options: { maxIterations: MAX_ITERATIONS },
  });
}

/** What a run remembers before its first event. */
export const NOTHING_YET: RunContext = { answers: {}, arms: {}, unexposed: [] };

/** `capture` is the one action that changes context: it keeps the event's value under the answer's name. */
const blueprint = setup({
  types: { context: NOTHING_YET },
  actions: {
    capture: assign(({ context, event }, params: { as: string }) => ({
      answers: { ...context.answers, [params.as]: keptValue(event, params.as) },
    })),
  },
});

function exits(node: BoundNode, targets: ReadonlyMap<string, string>): To {
  const open = new Map(
    node.ports.map((port) => [
      port.id,
      port.required ? '$dead-end' : port.open === 'completed' ? '$ended' : '$not-reached',
    ]),
  );
  return (port, ...actions) =>
    transitionTo(port, node.id, targets.get(`${node.id} ${port}`) ?? open.get(port) ?? '$dead-end', actions);
}

function transitionTo(
  port: string,
  from: string,
  to: string,
  actions: FragmentTransition['actions'] = [],
): FragmentTransition {
  return { target: `#${to}`, actions: [...actions, { type: 'edge', params: { from, port, to } }] };
}
