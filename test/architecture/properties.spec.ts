import { describe, expect, test } from '@jest/globals';
import fastCheck from 'fast-check';
import * as fc from '../support/properties.ts';
import { SOURCE_FILES } from './source-files.ts';

const times = Number(process.env.PROPERTY_RUNS ?? 1);

/** The cases that a property tries. */
function casesOf(params?: fc.Parameters<[number]>): number[] {
  const tried: number[] = [];
  fc.assert(
    fc.property(fc.integer(), (value) => void tried.push(value)),
    params,
  );
  return tried;
}

describe('what holds for any case', () => {
  test('is tried with the cases of the build, or as a search', () => {
    const isSearch = process.env.PROPERTY_SEED === 'random';
    const [first, second] = [casesOf(), casesOf()];
    expect([first.length, second.length]).toEqual([100 * times, 100 * times]);
    if (isSearch) expect(second).not.toEqual(first);
    else expect(second).toEqual(first);
    expect(fc.sample(fc.integer(), 5)).toHaveLength(5 * times);
  });

  test('is tried as often as it says, with the seed that it gives, whether it waits or not', async () => {
    const params = { numRuns: 7, seed: 7 };
    const tried: number[] = [];
    const waits = fc.asyncProperty(fc.integer(), async (value) => void tried.push(value));
    await fc.assert(waits, params);
    expect(tried).toEqual(casesOf(params));
    expect(tried).toEqual(fastCheck.sample(fastCheck.integer(), { numRuns: 7 * times, seed: 7 }));
    expect(tried).toEqual(fc.sample(fc.integer(), params));
    expect(fc.patience(10)).toBe(10 * times);
  });

  test('is asked of fast-check in one place', () => {
    const own = ['test/support/properties.ts', 'test/architecture/properties.spec.ts'];
    const others = SOURCE_FILES.filter(({ path }) => !own.includes(path));
    const direct = others.filter(({ imports }) => imports.includes('fast-check')).map(({ path }) => path);
    expect(direct).toEqual([]);
  });
});
