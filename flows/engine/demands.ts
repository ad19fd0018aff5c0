import type { ParsedFlow } from '../definition/parse.ts';
import { outline } from './outline.ts';

/** Something of the workspace's that a step names. */
export interface Named {
  key: string;
  node: string;
}

/** An A/B test as a step of a flow draws it. */
export interface DrawnExperiment extends Named {
  /** The step's title, or the key. */
  name: string;
  arms: { id: string; label: string; weight: number }[];
}

/** What a flow asks of its workspace: everything its steps name by key. */
export interface Demands {
  lists: Named[];
  contests: Named[];
  vouchers: Named[];
  experiments: DrawnExperiment[];
  goals: string[];
}

/** Reads a flow's demands from what its steps ask for, whatever their kinds are. */
export function demandsOf({ nodes }: Pick<ParsedFlow, 'nodes'>): Demands {
  const demands: Demands = { lists: [], contests: [], vouchers: [], experiments: [], goals: [] };
  for (const node of nodes.values()) {
    const labels = new Map(node.ports.map(({ id, label }) => [id, label]));
    for (const { request } of outline(node).requests) {
      switch (request.kind) {
        case 'send':
        case 'subscribe':
        case 'unsubscribe':
          if (request.list !== undefined) addNew(demands.lists, { key: request.list, node: node.id });
          break;
        case 'enter-contest':
          addNew(demands.contests, { key: request.contest, node: node.id });
          break;
        case 'claim-voucher':
          addNew(demands.vouchers, { key: request.pool, node: node.id });
          break;
        case 'split':
          addNew(demands.experiments, {
            key: request.experiment,
            node: node.id,
            name: node.title ?? request.experiment,
            arms: request.arms.map(({ id, weight }) => ({ id, weight, label: labels.get(id) ?? id })),
          });
          break;
        case 'goal':
          if (!demands.goals.includes(request.goal)) demands.goals.push(request.goal);
          break;
        case 'wake':
        case 'branch':
        case 'set-field':
          break;
      }
    }
  }
  return demands;
}

/** One step names a key once, however often it asks for it. */
function addNew<Item extends Named>(known: Item[], item: Item): void {
  if (!known.some(({ key, node }) => key === item.key && node === item.node)) known.push(item);
}
