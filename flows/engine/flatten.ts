import type { Definition, FlowEdge, FlowNode } from '../definition/schema.ts';
import type { BoundNode, PlaceFragment, Port, To } from './node-kind.ts';

/** A drawing with its bound nodes. */
export interface Drawn {
  definition: Definition;
  nodes: ReadonlyMap<string, BoundNode>;
}

/** What parts a step of a flow inside another from the step that holds it: "booking/ask". No id of a drawing has it. */
const INSIDE = '/';
const EXITS = { done: '$done', 'not-reached': '$not-reached' } as const;
type Exit = keyof typeof EXITS;

/** The step of the drawing that a step belongs to, itself where it is drawn there. */
export const drawnNode = (id: string): string => id.split(INSIDE, 1)[0] ?? id;

/** The step of the drawing that a line leaves, null for lines inside a flow that a step holds. */
export function drawnFrom(id: string): string | null {
  const [outer = id, ...inner] = id.split(INSIDE);
  if (inner.length === 0) return outer;
  return inner.length === 1 && Object.values(EXITS).some((exit) => exit === inner[0]) ? outer : null;
}

/**
 * A flow with the flows that its steps hold laid out inside it, as an ordinary drawing: their steps come under the id of the step
 * that holds them, and where they end, its ways out go on. Answers are shared: they go in and come out by their names.
 */
export function flatten({ definition, nodes }: Drawn): Drawn {
  const holders = [...nodes.values()].filter(({ embedded }) => embedded !== null);
  if (holders.length === 0) return { definition, nodes };
  const flat: Flat = {
    nodes: new Map(nodes),
    drawn: new Map(definition.nodes.map((node) => [node.id, node])),
    edges: definition.edges.map((edge) => leavingBy(edge, nodes)),
    translations: { ...definition.translations },
  };
  for (const holder of holders) layOut(holder, definition, flat);
  const { drawn, edges, translations } = flat;
  return {
    definition: { ...definition, nodes: [...drawn.values()], edges, translations },
    nodes: flat.nodes,
  };
}

/** A flow that runs inside another, and the step that holds it. */
export interface Embedded {
  node: string;
  flow: { id: string; name: string; version: number };
  /** What the step holds of it; null where that cannot be read. */
  definition: Definition | null;
  /** The ids of the flows that it is inside of in turn, the outermost first. */
  around: readonly string[];
}

/** Every flow that runs inside this one, however deep. */
export const embeddedIn = ({ nodes }: Pick<Drawn, 'nodes'>, around: readonly string[] = []): Embedded[] =>
  [...nodes.values()].flatMap(({ id, embeds, embedded }) => {
    const flow = embeds?.flow;
    const inside = embedded ? embeddedIn(embedded, flow ? [...around, flow.id] : around) : [];
    return [
      ...(flow ? [{ node: id, flow, definition: embedded?.definition ?? null, around }] : []),
      ...inside.map((one) => ({ ...one, node: `${id}${INSIDE}${one.node}` })),
    ];
  });

interface Flat {
  nodes: Map<string, BoundNode>;
  drawn: Map<string, FlowNode>;
  edges: FlowEdge[];
  translations: Record<string, Record<string, string>>;
}

const isExit = (port: string): port is Exit => Object.hasOwn(EXITS, port);
const exitOf = (holder: string, exit: Exit): string => `${holder}${INSIDE}${EXITS[exit]}`;

/** A line that leaves a step with a flow inside leaves from that flow's end. */
function leavingBy(edge: FlowEdge, nodes: Drawn['nodes']): FlowEdge {
  const isHolder = nodes.get(edge.from)?.embedded;
  return isHolder && isExit(edge.port) ? { ...edge, from: exitOf(edge.from, edge.port) } : edge;
}

function layOut(holder: BoundNode, { languages }: Definition, flat: Flat): void {
  if (!holder.embedded) return;
  const inner = flatten(holder.embedded);
  const inside = (id: string): string => `${holder.id}${INSIDE}${id}`;
  const first = inner.definition.start;
  const add = (node: BoundNode, drawn: FlowNode | undefined): void => {
    flat.nodes.set(node.id, node);
    flat.drawn.set(node.id, { ...(drawn ?? { kind: holder.kind, config: {} }), id: node.id });
  };

  add(gate(holder, holder.id, BEGIN), flat.drawn.get(holder.id));
  flat.edges.push({
    from: holder.id,
    port: BEGIN.id,
    to: first === null ? exitOf(holder.id, 'done') : inside(first),
  });
  for (const port of holder.ports) {
    if (isExit(port.id)) add(gate(holder, exitOf(holder.id, port.id), port), undefined);
  }
  const left = new Set(inner.definition.edges.map(({ from, port }) => `${from} ${port}`));
  for (const drawn of inner.definition.nodes) {
    const node = inner.nodes.get(drawn.id);
    if (!node) continue;
    const laid = within(node, inside(node.id), inner.definition, languages);
    add(laid, drawn);
    for (const { id: port, required, open } of laid.ports) {
      if (required || left.has(`${node.id} ${port}`)) continue;
      const exit = open === 'completed' ? 'done' : 'not-reached';
      flat.edges.push({ from: laid.id, port, to: exitOf(holder.id, exit) });
    }
  }
  for (const { from, port, to } of inner.definition.edges)
    flat.edges.push({ from: inside(from), port, to: inside(to) });
  for (const language of languages.slice(1)) {
    const texts = translated(inner, language, inside);
    flat.translations[language] = { ...flat.translations[language], ...texts };
  }
}

const BEGIN: Port = { id: 'begin', label: 'Begins', required: true, open: 'completed' };

/** A step that does nothing but lead on. */
const gate = (holder: BoundNode, id: string, port: Port): BoundNode => ({
  ...holder,
  id,
  ports: [port],
  texts: [],
  waits: false,
  sets: [],
  issues: [],
  embedded: null,
  states: (to) => ({ [holder.entry]: { always: to(port.id) } }),
});

/** A step of the flow inside: its texts in the outer flow's first language, and a way on where it ended the run. */
function within(
  node: BoundNode,
  id: string,
  { languages: [own], translations }: Definition,
  [base = 'en']: readonly string[],
): BoundNode {
  const texts = node.texts.map(({ field, template }) => ({
    field,
    template: (own === base ? null : translations[base]?.[`${node.id}.${field}`]) || template,
  }));
  const inside = { ...node, id, texts };
  if (!endsRun(node)) return inside;
  return {
    ...inside,
    ports: [...node.ports, END],
    states: (to) =>
      Object.fromEntries(
        Object.entries(node.states(to)).map(([place, fragment]) => [place, goingOn(fragment, to)]),
      ),
  };
}

/** Where an end of the flow inside leads on. */
const END: Port = { id: 'end', label: 'Ends', required: false, open: 'completed' };
const ENDED = '#$ended';

const endsRun = (node: BoundNode): boolean =>
  Object.values(node.states(() => ({}))).some(({ always }) => always?.target === ENDED);

const goingOn = (fragment: PlaceFragment, to: To): PlaceFragment =>
  fragment.always?.target === ENDED
    ? { ...fragment, always: to(END.id, ...(fragment.always.actions ?? [])) }
    : fragment;

/** What the flow inside says in one of the outer flow's other languages. */
function translated(
  { definition, nodes }: Drawn,
  language: string,
  inside: (id: string) => string,
): Record<string, string> {
  const isOwn = definition.languages[0] === language;
  const texts: Record<string, string> = {};
  for (const node of nodes.values()) {
    for (const { field, template } of node.texts) {
      const text = isOwn ? template : definition.translations[language]?.[`${node.id}.${field}`];
      if (text) texts[`${inside(node.id)}.${field}`] = text;
    }
  }
  return texts;
}
