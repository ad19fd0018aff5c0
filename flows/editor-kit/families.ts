import type { Family } from '../engine/node-kind.ts';

/** The families of steps in the order of the palette, and their names. Colours: families.css, by `data-family`. */
export const FAMILIES: Readonly<Record<Family, string>> = {
  talk: 'Talk',
  ask: 'Ask',
  decide: 'Decide',
  act: 'Act',
  time: 'Time',
  measure: 'Measure',
  end: 'End',
};
