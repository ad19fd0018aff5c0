import type { LiveBeat } from '#shared/api/live.ts';

type PerMinute = LiveBeat['perMinute'];

/** A node repeats every few seconds what its pages watch; after this long without a word it is taken for gone, in milliseconds. */
const WATCHES_FOR = 10_000;
/** What a node counted in its last minute is over by then, whatever became of the node. */
const COUNTS_FOR = 60_000;

interface Told<Value> {
  value: Value;
  until: number;
}

/** What the other nodes on our database have told of themselves. Times are milliseconds since 1970. */
export class OtherNodes {
  private readonly watching = new Map<string, Told<ReadonlySet<string>>>();
  private readonly counted = new Map<string, Map<string, Told<PerMinute>>>();

  /** Keeps what a node's pages watch; returns the workspaces that nobody elsewhere watched before. */
  watches(node: string, workspaceIds: readonly string[], now: number): string[] {
    const fresh = workspaceIds.filter((workspaceId) => !this.isWatched(workspaceId, now));
    this.watching.set(node, { value: new Set(workspaceIds), until: now + WATCHES_FOR });
    return fresh;
  }

  isWatched(workspaceId: string, now: number): boolean {
    for (const [node, { value, until }] of this.watching) {
      if (until <= now) this.watching.delete(node);
      else if (value.has(workspaceId)) return true;
    }
    return false;
  }

  /** Keeps how many texts a node counted in its last minute. */
  counts(node: string, workspaceId: string, value: PerMinute, now: number): void {
    const nodes = this.counted.get(workspaceId) ?? new Map<string, Told<PerMinute>>();
    this.counted.set(workspaceId, nodes);
    nodes.set(node, { value, until: now + COUNTS_FOR });
  }

  /** Texts of the last minute on all other nodes together. */
  perMinute(workspaceId: string, now: number): PerMinute {
    const total = { inbound: 0, outbound: 0 };
    const nodes = this.counted.get(workspaceId);
    for (const [node, { value, until }] of nodes ?? []) {
      if (until <= now) nodes?.delete(node);
      else {
        total.inbound += value.inbound;
        total.outbound += value.outbound;
      }
    }
    return total;
  }
}
