import { cpus } from 'node:os';
import { expect, it } from '@jest/globals';
import { busyBetween, whereItWent } from './support/busy.ts';

const count = cpus().length;
/** Two seconds in which half of the processors had something to do. */
const [from, to] = [
  { busy: 500, at: 1_000 },
  { busy: 500 + 1_000 * count, at: 3_000 },
];

it('says which share of the time the processors were busy', () => {
  expect(busyBetween(from, to)).toBe(0.5);
});

it('says who used it, as far as the system can tell', () => {
  expect(whereItWent(from, to, { node: 0.4 * count, PostgreSQL: 0.2 * count, 'load generator': null })).toBe(
    `Of the time of ${count} processors: node 20 %, PostgreSQL 10 %, load generator 0 %, others 20 %, idle 50 %.`,
  );
});
