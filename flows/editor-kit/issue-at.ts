import type { Issue } from '../definition/issue.ts';

/** The first issue at a path of a step's config, or below it; an error goes before a warning. */
export function issueAt(issues: readonly Issue[], path: string): Issue | null {
  const full = `config.${path}`;
  const here = issues.filter(({ place }) => place.path === full || place.path?.startsWith(`${full}.`));
  return here.find(({ severity }) => severity === 'error') ?? here[0] ?? null;
}
