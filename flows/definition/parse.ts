import type { BoundNode } from '../engine/node-kind.ts';
import { nodeKind } from '../registry.ts';
import { error, type Issue } from './issue.ts';
import { migrate } from './migrations/migrate.ts';
import { type Definition, definitionSchema } from './schema.ts';

/** A definition that has the right shape. Nodes whose config does not parse are missing from `nodes` and named in `issues`. */
export interface ParsedFlow {
  definition: Definition;
  nodes: ReadonlyMap<string, BoundNode>;
  issues: Issue[];
}

/**
 * The one door for definitions: unknown JSON → migrate → validate → definition, or the issues that say why not.
 * A half-drawn draft parses; whether it may be published is for `inspect` to say.
 */
export function parse(json: unknown): ParsedFlow | { definition: null; issues: Issue[] } {
  return read(json, 0);
}

function read(json: unknown, depth: number): ParsedFlow | { definition: null; issues: Issue[] } {
  if (isDeeperThan(json, MAX_DEPTH)) {
    return {
      definition: null,
      issues: [error('definition.depth', `A flow definition is at most ${MAX_DEPTH} levels deep.`)],
    };
  }
  const migrated = migrate(json);
  if ('issue' in migrated) return { definition: null, issues: [migrated.issue] };
  const shape = definitionSchema.safeParse(migrated.json);
  if (!shape.success) {
    return {
      definition: null,
      issues: shape.error.issues.map((issue) =>
        error('definition.shape', issue.message, { path: issue.path.map(String).join('.') }),
      ),
    };
  }
  return { definition: shape.data, ...bindNodes(shape.data, depth) };
}

/** Far more than conditions within conditions need, and far less than a validator's recursion can bear. */
const MAX_DEPTH = 50;

const isDeeperThan = (json: unknown, levels: number): boolean =>
  json !== null &&
  typeof json === 'object' &&
  (levels === 0 || Object.values(json).some((value) => isDeeperThan(value, levels - 1)));

function bindNodes(definition: Definition, depth: number): Pick<ParsedFlow, 'nodes' | 'issues'> {
  const nodes = new Map<string, BoundNode>();
  const issues: Issue[] = [];
  for (const node of definition.nodes) {
    const kind = nodeKind(node.kind);
    if (!kind) {
      issues.push(error('node.kind', `There is no step of the kind "${node.kind}".`, { node: node.id }));
      continue;
    }
    if (nodes.has(node.id)) {
      issues.push(error('node.twice', `Two steps have the id "${node.id}".`, { node: node.id }));
      continue;
    }
    const bound = kind.bind(node);
    const ready = Array.isArray(bound) ? bound : withInside(bound, depth);
    if (Array.isArray(ready)) issues.push(...ready);
    else nodes.set(node.id, ready);
  }
  return { nodes, issues };
}

/** Flows within flows are at most so deep. */
const MOST_INSIDE = 3;

/** A node with the flow it holds, or what is wrong with that flow. What happens inside is what the node keeps and waits for. */
function withInside(node: BoundNode, depth: number): BoundNode | Issue[] {
  if (node.embeds === null) return node;
  const place = { node: node.id };
  if (depth >= MOST_INSIDE)
    return [error('subflow.deep', `Flows within flows are at most ${MOST_INSIDE} deep.`, place)];
  const inside = read(node.embeds.definition, depth + 1);
  const broken = inside.issues.find(({ severity }) => severity === 'error');
  if (inside.definition === null || broken)
    return [
      error('subflow.broken', `The flow inside cannot be read. ${broken?.message ?? ''}`.trim(), place),
    ];
  const { definition, nodes } = inside;
  const waits = [...nodes.values()].some((one) => one.waits);
  return {
    ...node,
    embedded: { definition, nodes },
    sets: [...new Set([...nodes.values()].flatMap(({ sets }) => sets))],
    waits,
    ...(waits ? {} : { states: (to) => ({ [node.entry]: { always: to('done') } }) }),
  };
}
