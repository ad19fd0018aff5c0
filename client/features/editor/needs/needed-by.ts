import type { Needs } from '#shared/api/flows.ts';
import type { Issue } from '#flows/definition/issue.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { demandsOf } from '#flows/engine/demands.ts';
import { boundStep } from '../canvas/bound-step.ts';

/** A thing the workspace lacks, which can be added at once. */
export interface Lack {
  /** "Add the list “news”". */
  label: string;
  needs: Needs;
}

/** What adding would mend an issue: the list, the contest or the pool of vouchers that its step names. Null for any other issue. */
export function neededBy({ code, place }: Issue, definition: Definition): Lack | null {
  if (code !== 'list.unknown' && code !== 'contest.unknown' && code !== 'voucher.unknown') return null;
  const step = definition.nodes.find(({ id }) => id === place.node);
  const bound = step ? boundStep(step) : null;
  if (!bound) return null;
  const demands = demandsOf({ nodes: new Map([[bound.id, bound]]) });
  const [key, another] = demands[LACKING[code]].map((named) => named.key);
  if (key === undefined || another !== undefined) return null;
  const name = titled(key);
  const none = { lists: [], contests: [], vouchers: [] };
  switch (code) {
    // Two texts to join is what holds in every country; whoever wants it otherwise says so in the settings.
    case 'list.unknown':
      return { label: `Add the list “${key}”`, needs: { ...none, lists: [{ key, name, optIn: 'double' }] } };
    case 'contest.unknown':
      return { label: `Add the contest “${key}”`, needs: { ...none, contests: [{ key, name }] } };
    case 'voucher.unknown':
      return { label: `Add the pool “${key}”`, needs: { ...none, vouchers: [{ key, name }] } };
  }
}

const LACKING = {
  'list.unknown': 'lists',
  'contest.unknown': 'contests',
  'voucher.unknown': 'vouchers',
} as const;

/** "prize-draw" → "Prize draw". */
const titled = (key: string): string => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('-', ' ');
