import type { EffectKind, Scalar } from './effects.ts';

/** How a sent text fared, as the gateway's delivery report tells. */
export type DeliveryState = 'delivered' | 'failed';

/**
 * Everything that can happen to a run. Closed: free text becomes a category (`reply.yes`) before the machine sees it,
 * so the alphabet of a flow is finite and every path can be explored.
 */
export type RunEvent =
  | { type: 'start' }
  | { type: `reply.${string}`; value: Scalar }
  | { type: 'timeout' }
  /** `values`: what is kept under several names at once. */
  | { type: `answer.${EffectKind}.${string}`; value?: Scalar; values?: Readonly<Record<string, Scalar>> }
  | { type: `event.${string}`; value?: Scalar }
  | { type: `dlr.${DeliveryState}` }
  | { type: 'resume' }
  | { type: 'interrupted' }
  | { type: 'stop' }
  | { type: 'cancel' };

/** What an event gives to be kept under a name. */
export function keptValue(event: Keepable, name: string): Scalar {
  const values = 'values' in event ? event.values : undefined;
  if (values) return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
  return ('value' in event ? event.value : null) ?? null;
}

type Keepable = { type: string; value?: Scalar; values?: Readonly<Record<string, Scalar>> };

/** The place a run stands in before its first node. */
export const START = '$start';

/** The places a run can end in, and the outcome each stands for. */
export const ENDINGS = {
  $ended: 'completed',
  '$not-reached': 'not-reached',
  '$dead-end': 'dead-end',
  $stopped: 'stopped',
  $cancelled: 'cancelled',
  $failed: 'failed',
} as const;

export type Ending = keyof typeof ENDINGS;
/** How a run ended. `not-reached`: a text could not be sent; `dead-end`: the drawing has no way on (drafts only). */
export type Outcome = (typeof ENDINGS)[Ending];

/** The outcome a node name stands for, or null while the run goes on. */
export function outcomeOf(node: string): Outcome | null {
  return isEnding(node) ? ENDINGS[node] : null;
}

const isEnding = (node: string): node is Ending => Object.hasOwn(ENDINGS, node);
