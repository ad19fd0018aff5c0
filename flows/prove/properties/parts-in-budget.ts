import { drawn, type Property } from './property.ts';

/** Texts are no longer and no dearer than they need be; the character that doubles the price is named. */
export const partsInBudget: Property = drawn({
  id: 'parts-in-budget',
  promise: 'No text costs more parts than it has to.',
  severity: 'warning',
  owns: ['text.long', 'text.dear'],
});
