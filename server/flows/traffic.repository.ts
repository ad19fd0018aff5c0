import { Injectable } from '@nestjs/common';
import type { Traffic } from '#shared/api/flows.ts';
import { Transactions } from '../database/transactions.ts';

interface CounterRow {
  key: string;
  total: number;
}

/** How often each line of a flow was gone along, and who waits where: sums of what the runtime counts batch by batch. */
@Injectable()
export class TrafficRepository {
  constructor(private readonly transactions: Transactions) {}

  async ofFlow(workspaceId: string, flowId: string): Promise<Traffic> {
    const rows: CounterRow[] = await this.transactions.manager.query(
      `select key, sum(delta)::float8 as total from flow_counters where workspace_id = $1 and flow_id = $2
       group by key having sum(delta) > 0 order by key`,
      [workspaceId, flowId],
    );
    const traffic: Traffic = { passages: [], waiting: [] };
    for (const { key, total: count } of rows) {
      const [what, node = '', port = ''] = key.split(' ');
      if (what === 'pass') traffic.passages.push({ node, port, count });
      if (what === 'wait') traffic.waiting.push({ node, count });
    }
    return traffic;
  }
}
