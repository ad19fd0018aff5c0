import { error, type Issue } from '../issue.ts';
import { SCHEMA_VERSION } from '../schema.ts';

/** One step on raw JSON from the version before. Small, pure, never edited after release; each has a fixture. */
export interface Migration {
  /** The version it produces. */
  to: number;
  /** Why the format changed, and what is assumed about stored data. */
  why: string;
  apply: (json: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

/** Every step so far, in order. Version 1 is the first format, so there is none yet. */
export const MIGRATIONS: readonly Migration[] = [];

/** Brings raw JSON to the newest format in memory, or says why that cannot be. */
export function migrate(json: unknown): { json: unknown } | { issue: Issue } {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    return { issue: error('definition.shape', 'A flow definition is a JSON object.') };
  }
  const { schemaVersion: version, ...rest }: Record<string, unknown> = { ...json };
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return {
      issue: error('definition.version', 'The definition does not say its schemaVersion, a whole number.', {
        path: 'schemaVersion',
      }),
    };
  }
  if (version > SCHEMA_VERSION) {
    return {
      issue: error(
        'definition.newer',
        `This flow was drawn with a newer Textloom (format ${version}; this one knows ${SCHEMA_VERSION}). Upgrade Textloom to open it.`,
        { path: 'schemaVersion' },
      ),
    };
  }
  let current: Record<string, unknown> = rest;
  for (const step of MIGRATIONS) if (step.to > version) current = step.apply(current);
  return { json: { ...current, schemaVersion: SCHEMA_VERSION } };
}
