import type { Flow } from '#shared/api/flows.ts';
import type { Issue } from '#flows/definition/issue.ts';
import { parse } from '#flows/definition/parse.ts';
import { print } from '#flows/definition/print.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { type DraftStorage, forgetLocally, readLocally } from './local-draft.ts';

/** A draft as the editor begins with it. */
export interface OpenedDraft {
  definition: Definition;
  revision: number;
  issues: readonly Issue[];
  /** Edits of an earlier visit that never reached the server are in it. */
  unsaved: boolean;
  /** The server's draft moved on since those edits were made, so they can't simply be saved. */
  behind: boolean;
}

/** Opens the server's draft, or what this browser kept of it when the connection broke. */
export function openDraft(
  flow: Flow,
  storage: DraftStorage,
): OpenedDraft | { definition: null; issues: readonly Issue[] } {
  const { revision, issues } = flow;
  const server = parse(flow.definition);
  const kept = readLocally(storage, flow.id);
  const local = kept === null ? null : parse(kept.definition).definition;
  // The last save of a visit may have arrived although nobody was there to hear so.
  if (local && server.definition && print(local) === print(server.definition))
    forgetLocally(storage, flow.id);
  else if (kept && local)
    return { definition: local, revision, issues, unsaved: true, behind: kept.revision !== revision };
  if (server.definition === null) return server;
  return { definition: server.definition, revision, issues, unsaved: false, behind: false };
}
