import type { Issue } from './issue.ts';
import type { ParsedFlow } from './parse.ts';
export const inspect = (parsed: ParsedFlow): Issue[] => parsed.issues;
