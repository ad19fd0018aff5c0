import { drawingOf } from './inspections/drawing.ts';
import { inspectLines } from './inspections/lines.ts';
import { inspectPurposes } from './inspections/purposes.ts';
import type { Reserving } from './inspections/reserved.ts';
import { inspectRounds } from './inspections/rounds.ts';
import { inspectTexts } from './inspections/texts.ts';
import { inspectTriggers } from './inspections/triggers.ts';
import { inspectWords } from './inspections/words.ts';
import type { Issue } from './issue.ts';
import type { ParsedFlow } from './parse.ts';

/** Where a flow may be used while nobody said from which senders: their reserved words and customs all count. */
export const ANY_COUNTRY = ['US', 'GB', 'CA', 'FR', 'DE'] as const;

/**
 * Everything that is wrong or doubtful about a flow, what `parse` said included, in sentences for the author. Errors stop a
 * flow from being published. `countries` are those of the senders it will run on (ISO 3166 alpha-2), `program` what is known of who
 * else reserves words there.
 */
export function inspect(
  parsed: ParsedFlow,
  countries: readonly string[] = ANY_COUNTRY,
  program: Partial<Pick<Reserving, 'languages' | 'gateway'>> = {},
): Issue[] {
  const languages = [...new Set([...(program.languages ?? []), ...parsed.definition.languages])];
  const reserving: Reserving = { ...program, countries, languages };
  const drawing = drawingOf(parsed);
  return [
    ...parsed.issues,
    ...[...parsed.nodes.values()].flatMap(({ issues }) => issues),
    ...inspectLines(drawing),
    ...inspectRounds(drawing),
    ...inspectPurposes(drawing),
    ...inspectTexts(drawing, countries),
    ...inspectTriggers(drawing, reserving),
    ...inspectWords(drawing, reserving),
  ];
}

/** The issues that stop a flow from being published. */
export const errorsOf = (issues: readonly Issue[]): Issue[] =>
  issues.filter(({ severity }) => severity === 'error');
