import { type AnyStateMachine, assign, setup } from 'xstate';
import type { Definition } from '../definition/schema.ts';
import type { Scalar } from './effects.ts';
import { ENDINGS, keptValue, START } from './events.ts';
import { flatten } from './flatten.ts';
import type { BoundNode, FragmentTransition, To } from './node-kind.ts';
import { parseTemplate, type TextTemplate } from './template.ts';

/** Bumped when the same definition would compile to another machine; part of the key of every machine cache. */
export const ENGINE_REVISION = 1;

/** XState's own fence is endless; a macrostep of a sane flow takes a handful of microsteps. */
const MAX_ITERATIONS = 200;

/** What texts and conditions read from a run, and what an experiment remembers of it. Plain JSON. */
export interface RunContext {
  answers: Record<string, Scalar>;
  /** Experiment → arm of this run. */
  arms: Record<string, string>;
  /** Experiments whose arm was chosen but not yet met: the first text that goes out, or the first rest, makes the exposure. */
  unexposed: string[];
  /** A text was refused since those arms were chosen, so that resting alone exposes none of them. */
  withheld?: boolean;
}

/** A definition made runnable: the machine, its nodes and its parsed texts. Cached by (version, engine revision). */
export interface CompiledFlow {
  /** As it runs: with the steps of the flows inside. */
  definition: Definition;
  readonly machine: AnyStateMachine;
  nodes: ReadonlyMap<string, BoundNode>;
  /** The text of a node's field in a language, falling back to the base language. */
  text: (node: string, field: string, language: string) => TextTemplate;
  /** The one of the flow's languages that fits a contact's. */
  language: (wanted: string | null) => string;
}

/**
 * Compiles bound nodes into the statechart the drawing is. Total for anything that `parse` let through, drafts included: a line
 * to a step that is missing or whose config is wrong leads to a dead end. Flows that steps hold are laid out inside.
 */
export function compile(drawing: Definition, bound: ReadonlyMap<string, BoundNode>): CompiledFlow {
  const { definition, nodes } = flatten({ definition: drawing, nodes: bound });
  let machine: AnyStateMachine | undefined;
  return {
    definition,
    nodes,
    // Built by whoever first runs the flow: an editor that only looks at it after each keystroke need not wait.
    get machine() {
      machine ??= machineOf(definition, nodes);
      return machine;
    },
    ...texts(definition, nodes),
  };
}

function machineOf(definition: Definition, nodes: ReadonlyMap<string, BoundNode>): AnyStateMachine {
  const existing = (id: string | null): string => (id !== null && nodes.has(id) ? id : '$dead-end');
  const targets = new Map(definition.edges.map((edge) => [`${edge.from} ${edge.port}`, existing(edge.to)]));
  const states: Record<string, object> = {
    [START]: { id: START, on: { start: transitionTo('start', START, existing(definition.start)) } },
  };
  for (const node of nodes.values()) {
    states[node.id] = { id: node.id, initial: node.entry, states: node.states(exits(node, targets)) };
  }
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

function texts(
  definition: Definition,
  nodes: ReadonlyMap<string, BoundNode>,
): Pick<CompiledFlow, 'text' | 'language'> {
  const base = definition.languages[0] ?? 'en';
  const parsed = new Map<string, TextTemplate>();
  for (const node of nodes.values()) {
    for (const { field, template } of node.texts) {
      parsed.set(`${node.id}.${field} ${base}`, lenient(template));
      for (const language of definition.languages.slice(1)) {
        const translated = definition.translations[language]?.[`${node.id}.${field}`];
        if (translated) parsed.set(`${node.id}.${field} ${language}`, lenient(translated));
      }
    }
  }
  return {
    text: (node, field, language) =>
      parsed.get(`${node}.${field} ${language}`) ?? parsed.get(`${node}.${field} ${base}`) ?? lenient(''),
    language: (wanted) => {
      if (!wanted) return base;
      const short = wanted.split('-')[0] ?? wanted;
      return (
        definition.languages.find((one) => one === wanted) ??
        definition.languages.find((one) => one === short) ??
        base
      );
    },
  };
}

/** A text that does not parse is an issue and cannot be published; on the phone of a draft it is shown as it stands. */
function lenient(source: string): TextTemplate {
  try {
    return parseTemplate(source);
  } catch {
    return { source, variables: [], render: () => source };
  }
}
