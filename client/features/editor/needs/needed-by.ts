import type { Needs } from '#shared/api/flows.ts';
import type { Issue } from '#flows/definition/issue.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { outline } from '#flows/engine/outline.ts';
import { boundStep } from '../canvas/bound-step.ts';

/** A thing the workspace lacks, which can be added at once. */
export interface Lack {
  /** "Add the list “news”". */
  label: string;
  needs: Needs;
}

/** What adding would mend an issue: the list or the contest that its step names. Null for any other issue. */
export function neededBy({ code, place }: Issue, definition: Definition): Lack | null {
  if (code !== 'list.unknown' && code !== 'contest.unknown') return null;
  const step = definition.nodes.find(({ id }) => id === place.node);
  const bound = step ? boundStep(step) : null;
  if (!bound) return null;
  const keys = new Set(
    outline(bound).requests.flatMap(({ request }) => {
      if (code === 'contest.unknown') return request.kind === 'enter-contest' ? [request.contest] : [];
      return 'list' in request && typeof request.list === 'string' ? [request.list] : [];
    }),
  );
  const [key] = keys;
  if (key === undefined || keys.size > 1) return null;
  const name = titled(key);
  return code === 'contest.unknown'
    ? { label: `Add the contest “${key}”`, needs: { lists: [], contests: [{ key, name }] } }
    : // Two texts to join is what holds in every country; whoever wants it otherwise says so in the settings.
      { label: `Add the list “${key}”`, needs: { lists: [{ key, name, optIn: 'double' }], contests: [] } };
}

/** "prize-draw" → "Prize draw". */
const titled = (key: string): string => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('-', ' ');
