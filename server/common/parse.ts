import type { z } from 'zod';
import type { ProblemIssue } from '#shared/api/problem.ts';
import { issueSentence } from './issue-sentence.ts';
import { Problem } from './problem.ts';

/**
 * Reads unknown input (a body, a query) with a schema, or throws a 400 that names every place. `from` begins the
 * codes: `body.invalid-type`.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  from = 'body',
): z.output<Schema> {
  const read = schema.safeParse(input, { error: issueSentence });
  if (read.success) return read.data;
  throw invalidInput(read.error, from);
}

/** A ZodError as the problem the caller is told. */
export function invalidInput(error: z.ZodError, from = 'body'): Problem {
  const issues = error.issues.slice(0, MOST_ISSUES).flatMap((issue) => flatten(issue, [], from));
  const [first] = issues;
  const message = first ? `${first.place || `The ${from}`}: ${first.message}` : `The ${from} is not valid.`;
  return Problem.badRequest(`${from}.invalid`, message, { place: first?.place, issues, cause: error });
}

/** Nobody reads further down a list of issues. */
const MOST_ISSUES = 50;

/** Where several shapes are allowed, the issues of the one that comes nearest are told. */
function flatten(issue: z.core.$ZodIssue, before: readonly PropertyKey[], from: string): ProblemIssue[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'invalid_union') {
    const [nearest] = [...issue.errors].sort((a, b) => distance(a) - distance(b));
    if (nearest && nearest.length > 0) return nearest.flatMap((inner) => flatten(inner, path, from));
  }
  return [
    {
      code: `${from}.${issue.code.replaceAll('_', '-')}`,
      place: path.map(String).join('.'),
      message: issue.message,
    },
  ];
}

/** A shape whose field names fit is nearer than one with other names. */
function distance(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce(
    (sum, { code }) => sum + (code === 'unrecognized_keys' || code === 'invalid_type' ? 2 : 1),
    0,
  );
}
