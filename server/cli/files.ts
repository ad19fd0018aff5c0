import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Issue } from '#flows/definition/issue.ts';
import { readFlowFile } from '#flows/definition/flow-file.ts';
import { parse, type ParsedFlow } from '#flows/definition/parse.ts';
import type { Conversation } from '#flows/engine/transcript.ts';
import { type ProofWorld, proofWorldSchema, seenByOthers } from '#flows/prove/world.ts';
import { Mistake, type Typed } from './command.ts';

/** A flow as it was read from a file. `flow` is null where the file holds no flow at all, which `issues` explain. */
export interface FlowFile {
  path: string;
  flow: ParsedFlow | null;
  issues: Issue[];
}

/** Reads the files that were named, at least one. */
export function readFlows({ files }: Typed): FlowFile[] {
  if (files.length === 0) throw new Mistake('Name a file with a flow.');
  return files.map(readFlow);
}

function readFlow(path: string): FlowFile {
  const { definition, issues } = readFlowFile(readJson(path));
  const parsed = parse(definition);
  return { path, flow: parsed.definition === null ? null : parsed, issues: [...issues, ...parsed.issues] };
}

/** Reads a file that has to hold a flow. */
export function mustReadFlow(path: string | undefined): ParsedFlow {
  if (path === undefined) throw new Mistake('Name a file with a flow.');
  const { flow, issues } = readFlow(path);
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

/**
 * The world that --world and --country describe. Several flows are each seen beside the others, unless the world says what else is
 * published.
 */
export function readWorld(typed: Typed, others: readonly FlowFile[] = []): ProofWorld {
  const file = typed.option('world');
  const country = typed.option('country');
  const json = file === undefined ? {} : readJson(file);
  if (json === null || typeof json !== 'object') throw new Mistake(`${file} describes no world.`);
  const read = proofWorldSchema.safeParse({ ...json, ...(country === undefined ? {} : { country }) });
  if (!read.success) {
    const sentences = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Mistake(`${file ?? 'The world'} cannot be used. ${sentences.join(' ')}`);
  }
  const flows = others.flatMap(({ flow }) => (flow ? [seenByOthers(flow)] : []));
  const otherFlows = read.data.otherFlows ?? (flows.length > 0 ? flows : null);
  return { ...read.data, otherFlows };
}

/** The conversations that belong to a flow, and the way to write them anew. */
export interface ConversationsFile {
  conversations: Conversation[];
  write: (conversations: readonly Conversation[]) => void;
}

/**
 * The conversations that belong to a flow: those that --conversations names, those that its file carries as the editor exports it,
 * or `conversations.json` beside it.
 */
export function readConversations(flow: string, typed: Typed): ConversationsFile {
  const whole = readJson(flow);
  const carried = readFlowFile(whole).conversations;
  if (typed.option('conversations') === undefined && carried) {
    return {
      conversations: carried,
      write: (conversations) => writeJson(flow, { ...Object(whole), conversations }),
    };
  }
  const path = typed.option('conversations') ?? join(dirname(flow), 'conversations.json');
  if (!existsSync(path)) {
    throw new Mistake(
      `There are no conversations in ${path}. Make some: textloom generate ${flow} --write ${path}`,
    );
  }
  const json = readJson(path);
  if (!Array.isArray(json) || !json.every(isConversation))
    throw new Mistake(`${path} holds no conversations.`);
  return { conversations: json, write: (conversations) => writeJson(path, conversations) };
}

const writeJson = (path: string, json: unknown): void =>
  writeFileSync(path, `${JSON.stringify(json, null, 2)}\n`);

const isConversation = (json: unknown): json is Conversation =>
  json !== null &&
  typeof json === 'object' &&
  'name' in json &&
  typeof json.name === 'string' &&
  'lines' in json &&
  Array.isArray(json.lines);
