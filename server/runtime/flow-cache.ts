import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parse } from '#flows/definition/parse.ts';
import { compile } from '#flows/engine/compile.ts';
import type { PublishedFlow } from '#flows/engine/world.ts';
import { forgetOldest } from '../common/forget-oldest.ts';
import { Log } from '../common/log.ts';

/** About 40 kB each: 2,000 stay under 100 MB. */
const MOST = 2_000;

interface VersionRow {
  id: string;
  flow_id: string;
  number: number;
  definition: unknown;
}

/**
 * Compiled versions by id, the least recently used dropped first. A version's bytes never change and the engine's revision changes
 * only with the process, so nothing is ever stale here.
 */
@Injectable()
export class FlowCache {
  private readonly compiled = new Map<string, PublishedFlow>();
  /** Versions that do not open. They never will in this process. */
  private readonly closed = new Map<string, true>();

  constructor(
    private readonly database: DataSource,
    private readonly log: Log,
  ) {}

  /**
   * The versions asked for, loading and compiling what is not at hand. Unknown ids are missing from the answer, and so are versions
   * that do not open: they must not keep a workspace from hearing STOP.
   */
  async load(versionIds: Iterable<string>): Promise<ReadonlyMap<string, PublishedFlow>> {
    const found = new Map<string, PublishedFlow>();
    const missing: string[] = [];
    for (const id of versionIds) {
      const flow = this.take(id);
      if (flow) found.set(id, flow);
      else if (!this.closed.has(id)) missing.push(id);
    }
    if (missing.length > 0) {
      for (const row of await this.read(missing)) {
        const flow = this.open(row);
        if (flow) {
          this.keep(flow);
          found.set(row.id, flow);
        } else {
          this.closed.set(row.id, true);
          forgetOldest(this.closed, MOST);
        }
      }
    }
    return found;
  }

  /** A version that is at hand, or undefined. */
  take(versionId: string): PublishedFlow | undefined {
    const flow = this.compiled.get(versionId);
    if (flow && this.compiled.size > MOST / 2) this.keep(flow);
    return flow;
  }

  private open(row: VersionRow): PublishedFlow | null {
    try {
      return publish(row);
    } catch (error) {
      this.log.error({ err: error, versionId: row.id }, 'A published version does not open and is left out.');
      return null;
    }
  }

  private keep(flow: PublishedFlow): void {
    this.compiled.delete(flow.versionId);
    this.compiled.set(flow.versionId, flow);
    forgetOldest(this.compiled, MOST);
  }

  private read(ids: string[]): Promise<VersionRow[]> {
    return this.database.query(
      'select id, flow_id, number, definition from flow_versions where id = any($1::uuid[])',
      [ids],
    );
  }
}

function publish(row: VersionRow): PublishedFlow {
  const parsed = parse(row.definition);
  if (parsed.definition === null) {
    throw new Error(`Version ${row.id} does not parse: ${parsed.issues[0]?.message ?? 'no reason given'}`);
  }
  return {
    flowId: row.flow_id,
    versionId: row.id,
    version: row.number,
    compiled: compile(parsed.definition, parsed.nodes),
  };
}
