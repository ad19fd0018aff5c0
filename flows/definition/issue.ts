/** Where in a flow an issue sits, so that the editor can jump there. */
export interface Place {
  node?: string;
  port?: string;
  /** Dotted path inside the node's config or the definition ("config.text", "triggers.0.words"). */
  path?: string;
}

/**
 * A user's mistake in a drawing. An `error` stops publishing, a `warning` can be published with.
 * The code is stable and dotted; the sentence says what is wrong and what to do.
 */
export interface Issue {
  code: string;
  severity: 'error' | 'warning';
  message: string;
  place: Place;
}

/** Keeps a flow from being published. */
export const error = (code: string, message: string, place: Place = {}): Issue => ({
  code,
  severity: 'error',
  message,
  place,
});

/** Has to be accepted, with a reason, before a flow is published. */
export const warning = (code: string, message: string, place: Place = {}): Issue => ({
  code,
  severity: 'warning',
  message,
  place,
});
