import { type RunEvent, START } from '../engine/events.ts';
import type { Facts } from './facts.ts';
import type { Scene } from './scene.ts';

/** Where a run stands while a flow is explored, as far as anything ahead can tell. */
export interface Standing {
  node: string;
  place: string;
  /** What the engine answers itself at once; null where the run rests. */
  next: RunEvent | null;
  /** Whether what is under way answers a text of the person's. */
  answers: boolean;
  facts: Facts;
  /** Seconds until the run is woken, where it waits for that. */
  wake: number | null;
}

/** What tells standings apart. */
export const keyOf = ({ node, place, next, answers }: Standing, facts: string): string =>
  `${node} ${place} ${next?.type ?? ''} ${answers ? 1 : 0}${facts}`;

/** Where every exploration begins: nobody has texted yet. */
export const nobodyYet = ({ table }: Scene): Standing => ({
  node: START,
  place: '',
  next: null,
  answers: false,
  facts: table.nothing,
  wake: null,
});
