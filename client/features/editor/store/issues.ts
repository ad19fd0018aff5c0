import type { Issue } from '#flows/definition/issue.ts';
import { TRIGGER_CARD } from '../canvas/canvas-nodes.ts';
import type { Badge } from '../canvas/overlay.ts';

/** The card an issue belongs to: its step, or the trigger card for what concerns keywords; null for the flow as a whole. */
export function cardOf({ place }: Issue): string | null {
  if (place.node !== undefined) return place.node;
  return place.path && /^(triggers|start|interruptible)/.test(place.path) ? TRIGGER_CARD : null;
}

/** How many errors and warnings each card has. */
export function badgesOf(issues: readonly Issue[]): ReadonlyMap<string, Badge> {
  const badges = new Map<string, Badge>();
  for (const issue of issues) {
    const card = cardOf(issue);
    if (card === null) continue;
    const badge = badges.get(card) ?? { errors: 0, warnings: 0 };
    badges.set(card, {
      errors: badge.errors + Number(issue.severity === 'error'),
      warnings: badge.warnings + Number(issue.severity === 'warning'),
    });
  }
  return badges;
}

const keyOf = ({ code, message, place }: Issue): string =>
  [code, place.node ?? '', place.port ?? '', place.path ?? '', message].join('\n');

/** What only the server can know of a draft, such as a keyword that another flow has: its issues without our own. */
export function beyondOurs(server: readonly Issue[], ours: readonly Issue[]): Issue[] {
  const known = new Set(ours.map(keyOf));
  return server.filter((issue) => !known.has(keyOf(issue)));
}

/** Errors first, each sort in the order it was found. */
export const bySeverity = <One extends Issue>(issues: readonly One[]): One[] => [
  ...issues.filter(({ severity }) => severity === 'error'),
  ...issues.filter(({ severity }) => severity === 'warning'),
];
