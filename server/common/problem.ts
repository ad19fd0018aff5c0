import type { ProblemIssue } from '#shared/api/problem.ts';

/** What a problem may carry besides its code and sentence. */
export interface ProblemDetails {
  /** Where in the input, as a path: `nodes.2.config.text`. */
  readonly place?: string;
  readonly issues?: readonly ProblemIssue[];
  /** Extra response headers, such as Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/**
 * A refusal that the caller is meant to read: thrown anywhere behind a controller, turned into the error body by
 * ProblemFilter. Codes are dotted and stable (`flow.not-found`); a mistake of ours is an ordinary Error instead.
 */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: ProblemDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
  }

  /** The same refusal, about this place of what was sent. */
  at(place: string): Problem {
    return new Problem(this.status, this.code, this.message, { ...this.details, place });
  }

  static badRequest(code: string, message: string, details?: ProblemDetails): Problem {
    return new Problem(400, code, message, details);
  }
  static unauthorized(code: string, message: string, details?: ProblemDetails): Problem {
    return new Problem(401, code, message, details);
  }
  static forbidden(code: string, message: string, details?: ProblemDetails): Problem {
    return new Problem(403, code, message, details);
  }
  static notFound(code: string, message: string, details?: ProblemDetails): Problem {
    return new Problem(404, code, message, details);
  }
  static conflict(code: string, message: string, details?: ProblemDetails): Problem {
    return new Problem(409, code, message, details);
  }
  static gone(code: string, message: string, details?: ProblemDetails): Problem {
    return new Problem(410, code, message, details);
  }
  static unprocessable(code: string, message: string, details?: ProblemDetails): Problem {
    return new Problem(422, code, message, details);
  }
  /** `retryAfter` in seconds. */
  static tooMany(code: string, message: string, retryAfter: number): Problem {
    return new Problem(429, code, message, { headers: { 'retry-after': String(Math.ceil(retryAfter)) } });
  }
  /** `retryAfter` in seconds. */
  static unavailable(code: string, message: string, retryAfter = 1): Problem {
    return new Problem(503, code, message, { headers: { 'retry-after': String(Math.ceil(retryAfter)) } });
  }
}
