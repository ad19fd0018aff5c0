import type { SavedConversation } from '#shared/api/conversations.ts';
import { readFlowFile as readFlowFileParts } from '#flows/definition/flow-file.ts';
import { parse } from '#flows/definition/parse.ts';

/** What a file turned out to hold. */
export type ImportedFlow =
  | {
      ok: true;
      file: string;
      name: string;
      steps: number;
      definition: unknown;
      conversations: SavedConversation[];
    }
  | { ok: false; file: string; reasons: readonly string[] };

const REASONS_SHOWN = 5;
const LARGEST = 4 * 1024 * 1024;

/** Reads a file that somebody says is a flow; old formats are brought up to date on the way. */
export async function readFlowFile(file: File): Promise<ImportedFlow> {
  const refuse = (...reasons: string[]): ImportedFlow => ({ ok: false, file: file.name, reasons });
  if (file.size > LARGEST) return refuse('It is larger than 4 MB.');
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch {
    return refuse('It is not JSON.');
  }
  if (!looksLikeFlow(json)) return refuse('It is JSON, but not a flow: it has no list of steps.');
  const carried = readFlowFileParts(json);
  const { definition, issues } = parse(carried.definition);
  if (definition === null || carried.issues.length > 0) {
    return refuse(
      ...[...carried.issues, ...issues]
        .slice(0, REASONS_SHOWN)
        .map(({ message, place }) => (place.path ? `${place.path}: ${message}` : message)),
    );
  }
  return {
    ok: true,
    file: file.name,
    name: definition.name,
    steps: definition.nodes.length,
    definition,
    conversations: carried.conversations ?? [],
  };
}

/** Tells a flow from any other JSON, which would only earn a list of everything that it is not. */
const looksLikeFlow = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'nodes' in json && Array.isArray(json.nodes);
