import { batchStatement, type WriteSet } from '../database/write-set.ts';

const insertCounters = batchStatement(
  'counter_rows',
  { workspace_id: 'uuid', flow_id: 'uuid', key: 'text', delta: 'int4' },
  (rows) => `insert into flow_counters (workspace_id, flow_id, key, delta) select * from ${rows}`,
);

/** How many people a batch took along a line of a flow. */
export interface FlowPassages {
  workspaceId: string;
  flowId: string;
  node: string;
  port: string;
  count: number;
}

/** What a batch did to one flow. */
interface Deltas {
  workspaceId: string;
  /** People who went along each line, by its node and port. */
  passes: Map<string, Map<string, number>>;
  /** People more, or fewer, who wait at a node. */
  waits: Map<string, number>;
}

/**
 * Counts what a batch did to each flow: `pass <node> <port>` for every line gone along, `wait <node>` for people who came to wait
 * or went on. One delta row a batch and key, so that batches never queue for a counter.
 */
export class FlowCounters {
  private readonly flows = new Map<string, Deltas>();

  passed(workspaceId: string, flowId: string, node: string, port: string): void {
    const { passes } = this.deltasOf(workspaceId, flowId);
    let ports = passes.get(node);
    if (!ports) {
      ports = new Map();
      passes.set(node, ports);
    }
    ports.set(port, (ports.get(port) ?? 0) + 1);
  }

  /** Moves one waiting person; null where the run began or is over. */
  moved(workspaceId: string, flowId: string, from: string | null, to: string | null): void {
    if (from === to) return;
    const { waits } = this.deltasOf(workspaceId, flowId);
    if (from !== null) waits.set(from, (waits.get(from) ?? 0) - 1);
    if (to !== null) waits.set(to, (waits.get(to) ?? 0) + 1);
  }

  /** Every line that somebody went along. */
  *passages(): Generator<FlowPassages> {
    for (const [flowId, { workspaceId, passes }] of this.flows)
      for (const [node, ports] of passes)
        for (const [port, count] of ports) yield { workspaceId, flowId, node, port, count };
  }

  writeTo(writes: WriteSet): void {
    for (const { workspaceId, flowId, node, port, count } of this.passages())
      writes.add(insertCounters, {
        workspace_id: workspaceId,
        flow_id: flowId,
        key: `pass ${node} ${port}`,
        delta: count,
      });
    for (const [flowId, { workspaceId, waits }] of this.flows)
      for (const [node, delta] of waits)
        if (delta !== 0)
          writes.add(insertCounters, {
            workspace_id: workspaceId,
            flow_id: flowId,
            key: `wait ${node}`,
            delta,
          });
  }

  private deltasOf(workspaceId: string, flowId: string): Deltas {
    let deltas = this.flows.get(flowId);
    if (!deltas) {
      deltas = { workspaceId, passes: new Map(), waits: new Map() };
      this.flows.set(flowId, deltas);
    }
    return deltas;
  }
}
