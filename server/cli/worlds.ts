import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readFlowFile } from '#flows/definition/flow-file.ts';
import { type ProofWorld, proofWorldSchema, seenByOthers } from '#flows/prove/world.ts';
import { Mistake, type Typed } from './command.ts';
import { flowPath } from './flow-paths.ts';
import { type FlowFile, readJson } from './files.ts';

/** The world a flow is in, and what describes it: null where nobody said, and it is taken to be a first short code in the US. */
export interface KnownWorld {
  world: ProofWorld;
  from: string | null;
}

/** What describes a world, still to be read. */
interface Description {
  from: string;
  json: unknown;
}

/**
 * The world of the flow in a file: what --world names, what stands with its conversations (`carried`), what the file itself carries, or
 * `world.json` beside it; in another country where --country says so. Several flows are each seen beside the others, unless the world
 * says what else is published.
 */
export function readWorld(
  typed: Typed,
  path: string,
  { others = [], carried = null }: { others?: readonly FlowFile[]; carried?: Description | null } = {},
): KnownWorld {
  const description = named(typed) ?? carried ?? carriedBy(path) ?? beside(path);
  const { from, json } = description ?? { from: null, json: {} };
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new Mistake(`${from} describes no world: write an object, as docs/proofs.md shows it.`);
  const country = typed.option('country');
  const read = proofWorldSchema.safeParse({ ...json, ...(country === undefined ? {} : { country }) });
  if (!read.success) {
    const sentences = read.error.issues.map(({ path: place, message }) =>
      [place.join('.'), message].filter(Boolean).join(': '),
    );
    throw new Mistake(
      `The world${from === null ? '' : ` in ${from}`} cannot be used. ${sentences.join(' ')}`,
    );
  }
  const flows = others.flatMap(({ flow }) => (flow ? [seenByOthers(flow)] : []));
  const otherFlows = read.data.otherFlows ?? (flows.length > 0 ? flows : null);
  return { world: { ...read.data, otherFlows }, from };
}

/** What a file carries beside its conversations; null where it says nothing of a world. */
export function carriedBy(path: string): Description | null {
  const { world } = readFlowFile(readJson(flowPath(path)));
  return world === null ? null : { from: flowPath(path), json: world };
}

function named(typed: Typed): Description | null {
  const file = typed.option('world');
  return file === undefined ? null : { from: file, json: readJson(file) };
}

function beside(path: string): Description | null {
  const file = join(dirname(flowPath(path)), 'world.json');
  return existsSync(file) ? { from: file, json: readJson(file) } : null;
}
