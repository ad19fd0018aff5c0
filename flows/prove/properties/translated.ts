import { drawn, type Property } from './property.ts';

/** Every text exists in every language the flow speaks. */
export const translated: Property = drawn({
  id: 'translated',
  promise: 'Everything is translated.',
  severity: 'warning',
  owns: ['translation.missing'],
});
