import { createHash } from 'node:crypto';

/** A hash of what an order says, whatever the order of its keys: the same key may only come with the same order again. */
export const orderPrint = (order: unknown): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(sorted(order)))
    .digest();

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
