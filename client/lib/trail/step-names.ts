import { parse } from '#flows/definition/parse.ts';
import { demandsOf } from '#flows/engine/demands.ts';
import { flatten } from '#flows/engine/flatten.ts';
import { nodeKind } from '#flows/registry.ts';

/** What the steps, ways out and A/B tests of one version are called. Unknown ones are called by their id. */
export interface StepNames {
  step: (node: string) => string;
  port: (node: string, port: string) => string;
  test: (key: string) => string;
  arm: (key: string, arm: string) => string;
}

/** Before the definition has come, and for versions that no longer parse. */
export const ID_NAMES: StepNames = {
  step: (node) => node,
  port: (_, port) => port,
  test: (key) => key,
  arm: (_, arm) => arm,
};

/** Reads the names from a definition as the API gives it. */
export function stepNames(definition: unknown): StepNames {
  const parsed = parse(definition);
  if (parsed.definition === null) return ID_NAMES;
  const { nodes } = flatten(parsed);
  const tests = new Map(demandsOf({ nodes }).experiments.map((test) => [test.key, test]));
  return {
    step: (id) => {
      const node = nodes.get(id);
      return node?.title ?? (node && nodeKind(node.kind)?.title) ?? id;
    },
    port: (id, port) => nodes.get(id)?.ports.find((one) => one.id === port)?.label ?? port,
    test: (key) => tests.get(key)?.name ?? key,
    arm: (key, arm) => tests.get(key)?.arms.find(({ id }) => id === arm)?.label ?? arm,
  };
}
