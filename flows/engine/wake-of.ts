import type { EffectRequest } from './effects.ts';
import type { BoundNode } from './node-kind.ts';

type Wake = Extract<EffectRequest, { kind: 'wake' }>;

/** The wake-up that a place of a node asks for when it is entered. */
export function wakeOf(node: BoundNode, place: string): Wake | null {
  const entry = node.states(() => ({}))[place === '' ? node.entry : place]?.entry ?? [];
  for (const { type, params } of entry) if (type === 'ask' && params.kind === 'wake') return params;
  return null;
}
