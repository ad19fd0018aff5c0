import { sorted } from './print.ts';
import type { Definition } from './schema.ts';

/** Whether two definitions are one flow: everything but the layout, which is not logic. The order of steps and lines does not count. */
export const sameLogic = (a: Definition, b: Definition): boolean => a === b || logicOf(a) === logicOf(b);

function logicOf({ layout: _, nodes, edges, ...rest }: Definition): string {
  return text({
    ...rest,
    nodes: nodes.toSorted((a, b) => compare(a.id, b.id)),
    edges: edges.toSorted((a, b) => compare(`${a.from} ${a.port}`, `${b.from} ${b.port}`)),
  });
}

const text = (json: unknown): string => JSON.stringify(sorted(json));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
