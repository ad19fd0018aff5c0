import type { Column, Row } from '../bench.ts';
import type { Cost, Meter } from './meter.ts';
import { microsecondsEach } from './words.ts';

/** The columns of what a piece of work cost the node and PostgreSQL, in time and in instructions; `each` says of what, such as `/MO`. */
export const costColumns = (each: string, more: Pick<Column, 'sways'> = {}): readonly Column[] => [
  { key: 'node', title: `node µs${each}`, digits: 1, cost: true, countedBy: 'nodeCount', ...more },
  {
    key: 'postgres',
    title: `postgres µs${each}`,
    digits: 1,
    cost: true,
    countedBy: 'postgresCount',
    ...more,
  },
  { key: 'nodeCount', title: `node k instr.${each}`, digits: 1 },
  { key: 'postgresCount', title: `postgres k instr.${each}`, digits: 1 },
];

/** The figures of those columns, for so many pieces of work. */
export const costsEach = ({ node, postgres, nodeCount, postgresCount }: Cost, times: number) =>
  ({
    node: microsecondsEach(node, times),
    postgres: microsecondsEach(postgres, times),
    nodeCount: thousandsEach(nodeCount, times),
    postgresCount: thousandsEach(postgresCount, times),
  }) satisfies Row['figures'];

/** Thousands of instructions for each of so many. */
export const thousandsEach = (instructions: number | null, times: number): number | null =>
  instructions === null ? null : instructions / 1_000 / times;

/** Does a piece of work so many times over and measures it: the figures of the columns above, with the rate and the bytes logged. */
export async function costsOf(meter: Meter, times: number, work: () => Promise<unknown>) {
  await meter.read('begin');
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1_000;
  await meter.read('end');
  const cost = await meter.cost();
  return { rate: times / seconds, ...costsEach(cost, times), wal: cost.wal / times } satisfies Row['figures'];
}
