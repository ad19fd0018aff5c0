import type { Issue } from '#flows/definition/issue.ts';
import type { Explored, ShownIssue } from './proof-messages.ts';

/** What the proof has come to, as far as it is about problems. */
export interface Proved {
  explored: Pick<Explored, 'findings'> | null;
  /** It is about the draft as it is now, not as it was a moment ago. */
  fresh: boolean;
  /** What the draft as it is now was shown to do wrong, while most of it is unexplored. */
  certain: readonly ShownIssue[];
}

/**
 * What the drawing shows at a glance, and what only its conversations show: each once, with its conversation where there is one. While
 * the draft is explored, what is certain of it stands beside what the last one came to.
 */
export function withProof(issues: readonly Issue[], { explored, fresh, certain }: Proved): ShownIssue[] {
  const told = [...(explored?.findings ?? []), ...(fresh ? [] : certain)];
  const found = new Map(told.map((finding) => [keyOf(finding), finding]));
  const known = new Set(issues.map(keyOf));
  const places = new Set(issues.map(placeKeyOf));
  // The server says of a keyword what a conversation shows too, in words of its own: told once, with that conversation.
  const inOwnWords = new Set(issues.filter((issue) => !found.has(keyOf(issue))).map(placeKeyOf));
  const shown = new Map(told.flatMap((one) => (one.witness ? [[placeKeyOf(one), one.witness]] : [])));
  const own = issues.map((issue): ShownIssue => {
    const same = found.get(keyOf(issue));
    if (same) return same;
    const witness = fresh ? shown.get(placeKeyOf(issue)) : undefined;
    return witness ? { ...issue, witness } : issue;
  });
  // What was mended since is not shown again by an older answer, unless only a conversation can tell.
  const beyond = [...found.values()].filter((finding) =>
    finding.witness
      ? !known.has(keyOf(finding)) && !inOwnWords.has(placeKeyOf(finding))
      : fresh && !places.has(placeKeyOf(finding)),
  );
  return [...own, ...beyond];
}

/** The same for two issues that say the same of the same place. */
export const keyOf = ({ code, message, place }: Issue): string => JSON.stringify([code, message, place]);

const placeKeyOf = ({ code, place }: Issue): string => JSON.stringify([code, place]);
