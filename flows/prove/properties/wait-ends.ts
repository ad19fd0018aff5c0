import { drawn, type Property } from './property.ts';

/** A question does not wait for ever. */
export const waitEnds: Property = drawn({
  id: 'wait-ends',
  promise: 'Every wait ends.',
  severity: 'warning',
  owns: ['wait.endless'],
});
