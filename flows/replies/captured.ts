import type { Scalar } from '../engine/effects.ts';

/** What a test takes from a reply. `leads`: the reply begins with it, so that it may win over a keyword. */
export interface Captured {
  value: Scalar;
  leads: boolean;
}
