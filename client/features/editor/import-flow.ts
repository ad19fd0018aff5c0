import type { SavedConversation } from '#shared/api/conversations.ts';
import { readFlowFile } from '#flows/definition/flow-file.ts';
import type { Issue } from '#flows/definition/issue.ts';
import { parse } from '#flows/definition/parse.ts';
import type { Definition } from '#flows/definition/schema.ts';

const NO_JSON: Issue = {
  code: 'definition.json',
  severity: 'error',
  message: 'This file is not JSON. Choose a file that was exported from Textloom.',
  place: {},
};

/** A flow from a file, with the conversations that came along. */
export interface ImportedFlow {
  definition: Definition;
  conversations: SavedConversation[] | null;
}

/** Reads a file as a flow, or says why it is none. */
export async function importFlow(file: File): Promise<ImportedFlow | readonly Issue[]> {
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch {
    return [NO_JSON];
  }
  const carried = readFlowFile(json);
  const { definition, issues } = parse(carried.definition);
  if (definition === null || carried.issues.length > 0) return [...carried.issues, ...issues];
  return { definition, conversations: carried.conversations };
}

/** Lets somebody choose a file, of a flow unless said otherwise; null when they don't. */
export function chooseFile(accept = '.json,application/json'): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.onchange = () => resolve(input.files?.[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  });
}
