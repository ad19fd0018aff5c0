import type { ProblemIssue } from '#shared/api/problem.ts';

/** What the server refused, or why it could not be asked. `message` is a sentence fit to be shown as it is. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    /** The HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Stable and dotted (`flow.draft-stale`); programs decide by it, never by the message. */
    readonly code: string,
    message: string,
    /** Where it went wrong, as a path, if the server said so. */
    readonly place: string | null = null,
    readonly issues: readonly ProblemIssue[] = [],
    readonly requestId: string | null = null,
  ) {
    super(message);
  }
}

/** Whether somebody has to sign in (again) before this can be answered. */
export const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** Whether the id in the address of a page is none: it was cut off or mistyped. */
export const isAddressCut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 400 && error.place === 'id';

/** A sentence for anything thrown. */
export function sentenceOf(error: unknown): string {
  if (isAddressCut(error))
    return 'There is nothing at this address. Part of it may be missing: open it from its list instead.';
  if (error instanceof ApiError) return error.message;
  return 'This page ran into a fault of its own. Reload it; if that does not help, tell us what you did.';
}

/** The server's issues as the errors of a form, by field: `{ "email": "Write an e-mail address." }`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const errors: Record<string, string> = {};
  for (const issue of error.issues) if (issue.place !== '') errors[issue.place] ??= issue.message;
  if (error.place !== null && error.place !== '') errors[error.place] ??= error.message;
  return errors;
}
