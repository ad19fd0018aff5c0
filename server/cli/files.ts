import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Issue } from '#flows/definition/issue.ts';
import { readFlowFile } from '#flows/definition/flow-file.ts';
import { parse, type ParsedFlow } from '#flows/definition/parse.ts';
import type { Conversation } from '#flows/engine/transcript.ts';
import { Mistake, type Typed } from './command.ts';
import { flowPath, flowPaths } from './flow-paths.ts';
import type { Terminal } from './terminal.ts';

/** A flow as it was read from a file. `flow` is null where the file holds no flow at all, which `issues` explain. */
export interface FlowFile {
  path: string;
  flow: ParsedFlow | null;
  issues: Issue[];
}

/** Reads the flows that were named, at least one. */
export const readFlows = (typed: Typed, terminal: Terminal): FlowFile[] =>
  flowPaths(typed, terminal).map(readFlow);

function readFlow(path: string): FlowFile {
  const { definition, issues } = readFlowFile(readJson(path));
  const parsed = parse(definition);
  return { path, flow: parsed.definition === null ? null : parsed, issues: [...issues, ...parsed.issues] };
}

/** Reads a file, or a folder with one, that has to hold a flow. */
export function mustReadFlow(path: string | undefined): ParsedFlow {
  if (path === undefined) throw new Mistake('Name a file with a flow.');
  const { flow, issues } = readFlow(flowPath(path));
  if (!flow) throw new Mistake(`${path}: ${issues.map(({ message }) => message).join(' ')}`);
  return flow;
}

/** Reads a file that has to hold JSON. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Mistake(`${path} cannot be read.`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Mistake(`${path} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The conversations that belong to a flow, and the way to write them anew. */
export interface ConversationsFile {
  path: string;
  conversations: Conversation[];
  write: (conversations: readonly Conversation[]) => void;
}

/**
 * The conversations that belong to a flow: those that --conversations names, those that its file carries as the editor exports it,
 * or `conversations.json` beside it. A file of conversations is a list of them, or carries them beside their world as a flow does.
 */
export function readConversations(flow: string, typed: Typed): ConversationsFile {
  const named = typed.option('conversations');
  if (named === undefined && carries(readJson(flow))) return carried(flow);
  const path = named ?? join(dirname(flow), 'conversations.json');
  if (!existsSync(path)) {
    throw new Mistake(
      `There are no conversations in ${path}. Make some: npm run textloom -- generate ${flow} --write ${path}`,
    );
  }
  const json = readJson(path);
  if (carries(json)) return carried(path);
  if (!Array.isArray(json)) throw new Mistake(`${path} holds no conversations.`);
  return {
    path,
    conversations: read({ conversations: json }, path),
    write: (written) => writeJson(path, written),
  };
}

const carries = (json: unknown): boolean =>
  json !== null && typeof json === 'object' && 'conversations' in json;

/** The conversations of a file that is more than a list of them. */
function carried(path: string): ConversationsFile {
  const whole = readJson(path);
  return {
    path,
    conversations: read(whole, path),
    write: (written) => writeJson(path, { ...Object(whole), conversations: written }),
  };
}

/** Writes a file of JSON. */
export function writeJson(path: string, json: unknown): void {
  try {
    writeFileSync(path, `${JSON.stringify(json, null, 2)}\n`);
  } catch {
    throw new Mistake(
      `${path} cannot be written. Name a file in a folder that is there and may be written in.`,
    );
  }
}

function read(json: unknown, path: string): Conversation[] {
  const { conversations, issues } = readFlowFile(json);
  if (conversations) return conversations;
  const sentences = issues.map(({ message, place }) => `${message} (${place.path})`);
  throw new Mistake(`${path}: ${sentences.join(' ')}`);
}
