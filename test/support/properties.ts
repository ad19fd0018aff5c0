import {
  type Arbitrary,
  assert as assertOnce,
  configureGlobal,
  type IAsyncProperty,
  type IProperty,
  type IRawProperty,
  type Parameters,
  readConfigureGlobal,
  sample as sampleOnce,
} from 'fast-check';

/**
 * fast-check as our tests use it: `import * as fc from '…/support/properties.ts'`. A build tries the same cases each time, so that it
 * says something about the change. PROPERTY_SEED (`random`, or one that failed) and PROPERTY_RUNS (times as many cases) make the same
 * tests a search: `npm run test:search`. A seed written in a test wins.
 */
export * from 'fast-check';

const SEED = 20_090_417;
const seed = process.env.PROPERTY_SEED ?? SEED;
const times = Number(process.env.PROPERTY_RUNS ?? 1);
if (!(times >= 1)) throw new Error('PROPERTY_RUNS says how many times the cases are tried: 20.');
if (seed !== 'random') {
  if (!Number.isInteger(Number(seed))) throw new Error('PROPERTY_SEED is a whole number or "random".');
  configureGlobal({ ...readConfigureGlobal(), seed: Number(seed) });
}

/** fast-check's own, with as many cases as this run is to try. */
export function assert<Ts>(property: IAsyncProperty<Ts>, params?: Parameters<Ts>): Promise<void>;
export function assert<Ts>(property: IProperty<Ts>, params?: Parameters<Ts>): void;
export function assert<Ts>(property: IRawProperty<Ts>, params?: Parameters<Ts>): Promise<void> | void {
  return assertOnce(property, manyOf(params));
}

/** fast-check's own, with as many cases as this run is to try. */
export function sample<Ts>(source: IRawProperty<Ts> | Arbitrary<Ts>, params?: Parameters<Ts> | number): Ts[] {
  return sampleOnce(source, manyOf(typeof params === 'number' ? { numRuns: params } : params));
}

/** The time limit of a test that waits for each of its cases, in ms, where `limit` is enough for those of a build. */
export const patience = (limit: number): number => limit * times;

/**
 * Of the cases that each of many places bears, the few that the n-th is tried with: the next ones in turn, so that all are tried
 * somewhere. A search tries all everywhere.
 */
export function inTurn<T>(cases: readonly T[], few: number, n: number): T[] {
  if (times > 1 || few >= cases.length) return [...cases];
  const first = (n * few) % cases.length;
  return [...cases, ...cases].slice(first, first + few);
}

const manyOf = <Ts>(params: Parameters<Ts> = {}): Parameters<Ts> => ({
  ...params,
  numRuns: Math.ceil((params.numRuns ?? 100) * times),
});
