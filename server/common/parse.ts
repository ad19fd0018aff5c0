import { z } from 'zod';
import type { ProblemIssue } from '#shared/api/problem.ts';
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
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  throw invalidInput(read.error, from);
}

/** A ZodError as the problem the caller is told. */
export function invalidInput(error: z.ZodError, from = 'body'): Problem {
  const issues = error.issues.map(
    (issue): ProblemIssue => ({
      code: `${from}.${issue.code.replaceAll('_', '-')}`,
      place: issue.path.map(String).join('.'),
      message: issue.message,
    }),
  );
  const [first] = issues;
  const message = first ? `${first.place || `The ${from}`}: ${first.message}` : `The ${from} is not valid.`;
  return Problem.badRequest(`${from}.invalid`, message, { place: first?.place, issues, cause: error });
}
