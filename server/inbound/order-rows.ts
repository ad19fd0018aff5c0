import type { PoolClient } from 'pg';
import type { Decision } from '#flows/engine/world.ts';
import type { OrderOutcome } from '#shared/api/orders.ts';
import { columnOf } from '../database/binary-array.ts';
import { batchStatement, type WriteSet } from '../database/write-set.ts';
import type { RunWork, Work } from './work.ts';

/** Work that fulfils an order. */
type OrderWork = RunWork & { orderId: string };

/** What came of an order. */
export interface OrderFate {
  outcome: OrderOutcome;
  reason: string | null;
  runId: string | null;
  /** The text that was ordered; what a run sends has no place here. */
  messageId: string | null;
}

const settleOrder = batchStatement(
  'order_updates',
  {
    workspace_id: 'uuid',
    id: 'uuid',
    contact_id: 'uuid',
    run_id: 'uuid',
    message_id: 'uuid',
    outcome: 'text',
    reason: 'text',
    decided_at: 'timestamptz',
  },
  (
    rows,
  ) => `update orders o set outcome = n.outcome, reason = n.reason, contact_id = n.contact_id, run_id = n.run_id,
      message_id = n.message_id, decided_at = n.decided_at
    from ${rows} where o.workspace_id = n.workspace_id and o.id = n.id`,
);

export const isOrder = (work: Work): work is OrderWork => work.kind === 'run' && work.orderId !== undefined;

/**
 * Which of these orders were decided already, or taken back, or wait for a campaign that was paused since they were queued. The others are
 * held until the transaction ends, in the order of their ids: an order is decided once, however often it is queued, and taking it back
 * waits.
 */
export async function spentOrders(client: PoolClient, works: readonly Work[]): Promise<ReadonlySet<Work>> {
  const orders = works.filter(isOrder);
  if (orders.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>({
    name: 'hold-orders',
    text: `select o.id from unnest($1::uuid[], $2::uuid[]) k(workspace_id, id)
      join orders o on o.workspace_id = k.workspace_id and o.id = k.id
      where o.outcome is null and (o.campaign_id is null or exists (
        select from campaigns c where c.workspace_id = o.workspace_id and c.id = o.campaign_id and c.status = 'running'))
      order by o.id for update of o`,
    values: [
      columnOf('uuid', orders, ({ workspaceId }) => workspaceId),
      columnOf('uuid', orders, ({ orderId }) => orderId),
    ],
  });
  const open = new Set(rows.map(({ id }) => id));
  return new Set(orders.filter(({ orderId }) => !open.has(orderId)));
}

/** Writes what came of the order that a piece of work fulfils, if it does. */
export function writeOrder(work: Work, contactId: string, fate: OrderFate, writes: WriteSet): void {
  if (!isOrder(work)) return;
  writes.add(settleOrder, {
    workspace_id: work.workspaceId,
    id: work.orderId,
    contact_id: contactId,
    run_id: fate.runId,
    message_id: fate.messageId,
    outcome: fate.outcome,
    reason: fate.reason,
    decided_at: work.at,
  });
}

/** What a decision made of the order it was about. A run whose first texts were all refused is held back. */
export function orderFate({ route, trails, effects }: Decision): OrderFate {
  if (route.by === 'text') {
    const messageId = effects.find((effect) => effect.kind === 'send')?.id ?? null;
    return { outcome: route.refused ? 'held-back' : 'sent', reason: route.refused, runId: null, messageId };
  }
  if (route.by !== 'start') return failedOrder('It was no order.');
  const { runId, refused } = route;
  if (refused) return fateOf(runId, refused);
  const steps = trails.find((trail) => trail.runId === runId)?.steps ?? [];
  const fault = steps.find((step) => step.do === 'failed');
  if (fault) return fateOf(runId, 'failed', fault.error);
  const held = steps.find((step) => step.do === 'suppressed');
  if (held && !steps.some((step) => step.do === 'sent')) return fateOf(runId, 'held-back', held.reason);
  return fateOf(runId, 'started');
}

/** What came of an order that could not be decided. */
export const failedOrder = (reason: string): OrderFate => fateOf(null, 'failed', reason);

const fateOf = (runId: string | null, outcome: OrderOutcome, reason: string | null = null): OrderFate => ({
  outcome,
  reason,
  runId,
  messageId: null,
});
