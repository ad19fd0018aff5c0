import { isAcceptable } from '#flows/prove/acceptable.ts';
import { ApiError } from '../../../lib/api/api-error.ts';
import type { ShownIssue } from '../proof/proof-messages.ts';

/** What the server found about a draft that it would not publish; nothing where it refused for another reason. */
export const findingsIn = (error: unknown): ShownIssue[] =>
  error instanceof ApiError
    ? error.issues.flatMap(({ code, message, finding }) => (finding ? [{ code, message, ...finding }] : []))
    : [];

/** Findings of two looks at a draft, each once. */
export function together(some: readonly ShownIssue[], others: readonly ShownIssue[]): ShownIssue[] {
  const known = new Set(some.map(keyOf));
  return [...some, ...others.filter((issue) => !known.has(keyOf(issue)))];
}

/** What is known after one more refusal: what can be accepted is kept, for its reason is asked for again; errors are those of the last. */
export const afterRefusal = (before: readonly ShownIssue[], error: unknown): ShownIssue[] =>
  together(findingsIn(error), before.filter(isAcceptable));

const keyOf = ({ code, message, place: { node, port, path } }: ShownIssue): string =>
  JSON.stringify([code, message, node ?? null, port ?? null, path ?? null]);
