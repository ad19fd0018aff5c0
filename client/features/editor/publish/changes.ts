import type { Definition, FlowNode } from '#flows/definition/schema.ts';
import { titleOf } from '../canvas/bound-step.ts';

/** What is different in a draft, in the words of its author: "Changed “Ask for the size”". */
export function changesBetween(before: Definition, after: Definition): string[] {
  const old = byId(before);
  const now = byId(after);
  const changes: string[] = [];
  if (before.name !== after.name) changes.push(`Renamed to “${after.name}”`);
  changes.push(...after.nodes.filter(({ id }) => !old.has(id)).map((step) => `Added “${titleOf(step)}”`));
  changes.push(...before.nodes.filter(({ id }) => !now.has(id)).map((step) => `Removed “${titleOf(step)}”`));
  for (const step of after.nodes) {
    const was = old.get(step.id);
    if (!was) continue;
    if (titleOf(was) !== titleOf(step)) changes.push(`Renamed “${titleOf(was)}” to “${titleOf(step)}”`);
    if (was.kind !== step.kind || !sameJson(was.config, step.config))
      changes.push(`Changed “${titleOf(step)}”`);
  }
  changes.push(...rewired(before, after, now));
  if (!sameJson(before.triggers, after.triggers)) changes.push('Changed the keywords');
  if (!sameJson(before.interruptible, after.interruptible)) changes.push('Changed what may interrupt');
  if (!sameJson(before.languages, after.languages)) changes.push(`Languages: ${after.languages.join(', ')}`);
  if (!sameJson(before.translations, after.translations)) changes.push('Changed translations');
  return changes;
}

/** Steps that were there and lead elsewhere now; new and removed ones are told already. */
function rewired(before: Definition, after: Definition, now: ReadonlyMap<string, FlowNode>): string[] {
  const leads = (definition: Definition, id: string): string =>
    definition.edges
      .flatMap(({ from, port, to }) => (from === id ? [`${port} ${to}`] : []))
      .sort()
      .join('\n');
  const changes = before.nodes.flatMap(({ id }) => {
    const step = now.get(id);
    return step && leads(before, id) !== leads(after, id) ? [`“${titleOf(step)}” leads elsewhere`] : [];
  });
  if (before.start !== after.start) {
    const first = after.start === null ? undefined : now.get(after.start);
    changes.push(first ? `Starts with “${titleOf(first)}”` : 'Starts with nothing');
  }
  return changes;
}

const byId = ({ nodes }: Definition): ReadonlyMap<string, FlowNode> =>
  new Map(nodes.map((step) => [step.id, step]));

/** Whether two values are the same JSON, whatever the order of keys. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = new Map(Object.entries(a).filter(([, value]) => value !== undefined));
  const right = new Map(Object.entries(b).filter(([, value]) => value !== undefined));
  return (
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && sameJson(value, right.get(key)))
  );
}
