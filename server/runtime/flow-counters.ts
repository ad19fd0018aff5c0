import { batchStatement, type WriteSet } from '../database/write-set.ts';

const insertCounters = batchStatement(
  'counter_rows',
  { workspace_id: 'uuid', flow_id: 'uuid', key: 'text', delta: 'int4' },
  (rows) => `insert into flow_counters (workspace_id, flow_id, key, delta) select * from ${rows}`,
);

/** A line of a flow that somebody went along. */
export interface FlowPassage {
  flowId: string;
  node: string;
  port: string;
}

/**
 * Counts what a batch did to each flow: `pass <node> <port>` for every line gone along, `wait <node>` for people who came to wait
 * or went on. One delta row a batch and key, so that batches never queue for a counter.
 */
export class FlowCounters {
  private readonly deltas = new Map<string, Map<string, number>>();
  readonly passages: { workspaceId: string; passage: FlowPassage }[] = [];

  passed(workspaceId: string, passage: FlowPassage): void {
    this.count(`${workspaceId} ${passage.flowId}`, `pass ${passage.node} ${passage.port}`, 1);
    this.passages.push({ workspaceId, passage });
  }

  /** Moves one waiting person; null where the run began or is over. */
  moved(workspaceId: string, flowId: string, from: string | null, to: string | null): void {
    if (from === to) return;
    if (from !== null) this.count(`${workspaceId} ${flowId}`, `wait ${from}`, -1);
    if (to !== null) this.count(`${workspaceId} ${flowId}`, `wait ${to}`, 1);
  }

  writeTo(writes: WriteSet): void {
    for (const [flow, keys] of this.deltas) {
      const [workspaceId = '', flowId = ''] = flow.split(' ');
      for (const [key, delta] of keys) {
        if (delta !== 0)
          writes.add(insertCounters, { workspace_id: workspaceId, flow_id: flowId, key, delta });
      }
    }
  }

  private count(flow: string, key: string, delta: number): void {
    let keys = this.deltas.get(flow);
    if (!keys) {
      keys = new Map();
      this.deltas.set(flow, keys);
    }
    keys.set(key, (keys.get(key) ?? 0) + delta);
  }
}
