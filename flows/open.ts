import { ANY_COUNTRY, inspect } from './definition/inspect.ts';
import type { Issue } from './definition/issue.ts';
import { type ParsedFlow, parse } from './definition/parse.ts';
import { compile, type CompiledFlow } from './engine/compile.ts';

/** A flow made ready to look at, run and publish. */
export interface OpenFlow extends ParsedFlow {
  compiled: CompiledFlow;
}

/**
 * Opens a definition: parse, inspect, compile. A draft opens however unfinished it is, its issues beside it; only JSON that is
 * no flow at all does not. `countries` are those of the senders it will run on.
 */
export function openFlow(
  json: unknown,
  countries: readonly string[] = ANY_COUNTRY,
): OpenFlow | { definition: null; issues: Issue[] } {
  const parsed = parse(json);
  if (parsed.definition === null) return parsed;
  const { definition, nodes } = parsed;
  return { definition, nodes, issues: inspect(parsed, countries), compiled: compile(definition, nodes) };
}
