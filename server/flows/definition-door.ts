import type { Issue, Place } from '#flows/definition/issue.ts';
import { type ParsedFlow, parse } from '#flows/definition/parse.ts';
import { printTranscript } from '#flows/engine/transcript.ts';
import type { Found } from '#flows/prove/properties/property.ts';
import type { ProblemIssue } from '#shared/api/problem.ts';
import { Problem } from '../common/problem.ts';

/** More would tell nobody anything. */
const MOST_ISSUES = 100;

/**
 * The server's door for definitions from outside. A half-drawn draft comes in; what is no flow at all, or was drawn with a
 * newer Textloom, is a 422 whose code is the first issue's.
 */
export function readDefinition(json: unknown): ParsedFlow {
  const parsed = parse(json);
  if (parsed.definition !== null) return parsed;
  const [first] = parsed.issues;
  throw refusal(first?.code ?? 'definition.shape', first?.message ?? 'This is no flow.', parsed.issues);
}

/** A 422 that names every issue with its place. */
export function refusal(
  code: string,
  sentence: string,
  issues: readonly (Issue & Pick<Found, 'witness'>)[],
): Problem {
  const told = issues.slice(0, MOST_ISSUES).map(toProblemIssue);
  return Problem.unprocessable(code, sentence, { place: told[0]?.place, issues: told });
}

/** What was found about a flow, as the API tells it. */
export const toProblemIssue = ({
  code,
  severity,
  place,
  message,
  witness,
}: Issue & Pick<Found, 'witness'>): ProblemIssue => ({
  code,
  place: placeText(place),
  message,
  ...(witness ? { conversation: printTranscript(witness.lines) } : {}),
  finding: {
    severity,
    place,
    ...(witness
      ? { witness: { lines: witness.lines, given: witness.given, replayed: witness.replayed } }
      : {}),
  },
});

const placeText = ({ node, port, path }: Place): string =>
  [node, port, path].filter((part) => part !== undefined).join('.');
