import type { Definition, FlowNode } from '#flows/definition/schema.ts';
import { putAt } from '#flows/definition/put-at.ts';
import { boundStep, titleOf } from '../canvas/bound-step.ts';
import { stepNames } from './step-names.ts';

type NameOf = (step: FlowNode) => string;

/** What is different in a draft, in the words of its author: "“Welcome” says “Hello!” instead of “Hi!”", "Changed “Ask for the size”". */
export function changesBetween(before: Definition, after: Definition): string[] {
  const old = byId(before);
  const now = byId(after);
  const nameOf = stepNames(before, after);
  const changes: string[] = [];
  if (before.name !== after.name) changes.push(`Renamed to “${after.name}”`);
  changes.push(...after.nodes.filter(({ id }) => !old.has(id)).map((step) => `Added “${nameOf(step)}”`));
  changes.push(...before.nodes.filter(({ id }) => !now.has(id)).map((step) => `Removed “${nameOf(step)}”`));
  for (const step of after.nodes) {
    const was = old.get(step.id);
    if (!was) continue;
    if (titleOf(was) !== titleOf(step)) changes.push(`Renamed “${nameOf(was)}” to “${titleOf(step)}”`);
    changes.push(...reworked(was, step, nameOf));
  }
  changes.push(...rewired(before, after, now, nameOf));
  if (!sameJson(before.triggers, after.triggers)) changes.push('Changed the keywords');
  if (!sameJson(before.interruptible, after.interruptible)) changes.push('Changed what may interrupt');
  if (!sameJson(before.languages, after.languages)) changes.push(`Languages: ${after.languages.join(', ')}`);
  if (!sameJson(before.translations, after.translations)) changes.push('Changed translations');
  return changes;
}

/** A step that was there and is not as it was: each of its texts that reads differently, and whether anything else is different. */
function reworked(was: FlowNode, step: FlowNode, nameOf: NameOf): string[] {
  const changed = `Changed “${nameOf(step)}”`;
  if (was.kind !== step.kind) return [changed];
  if (sameJson(was.config, step.config)) return [];
  const old = new Map(boundStep(was)?.texts.map(({ field, template }) => [field, template]));
  let reworded: unknown = was.config;
  const sentences: string[] = [];
  for (const { field, template } of boundStep(step)?.texts ?? []) {
    const before = old.get(field);
    if (before === undefined || before === template) continue;
    reworded = putAt(reworded, field.split('.'), template);
    sentences.push(`“${nameOf(step)}” says “${template}” instead of “${before}”`);
  }
  return sameJson(reworded, step.config) ? sentences : [...sentences, changed];
}

/** Steps that were there and lead elsewhere now; new and removed ones are told already. */
function rewired(
  before: Definition,
  after: Definition,
  now: ReadonlyMap<string, FlowNode>,
  nameOf: NameOf,
): string[] {
  const leads = (definition: Definition, id: string): string =>
    definition.edges
      .flatMap(({ from, port, to }) => (from === id ? [`${port} ${to}`] : []))
      .sort()
      .join('\n');
  const changes = before.nodes.flatMap(({ id }) => {
    const step = now.get(id);
    return step && leads(before, id) !== leads(after, id) ? [`“${nameOf(step)}” leads elsewhere`] : [];
  });
  if (before.start !== after.start) {
    const first = after.start === null ? undefined : now.get(after.start);
    changes.push(first ? `Starts with “${nameOf(first)}”` : 'Starts with nothing');
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
