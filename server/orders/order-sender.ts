import type { PublishedFlow } from '#flows/engine/world.ts';
import { Problem } from '../common/problem.ts';
import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';

/** The sender that an order goes out from: the one it names, the one its flow is bound to, or the only one there is. */
export function orderSender(
  world: WorkspaceWorld,
  wanted: string | undefined,
  flow?: PublishedFlow,
): SenderEntry {
  const senders = [...world.senders.values()];
  const [only] = senders;
  if (wanted !== undefined) {
    const named = senders.find(({ id, address }) => id === wanted || address === wanted);
    if (named) return named;
    throw Problem.unprocessable('order.sender-unknown', 'There is no such sender.', { place: 'sender' });
  }
  const bound = new Set(flow?.compiled.definition.triggers.map(({ sender }) => sender));
  const fitting = senders.filter(({ address }) => bound.has(address));
  const [first] = fitting;
  if (first && fitting.length === 1) return first;
  if (only && senders.length === 1) return only;
  throw Problem.unprocessable(
    'order.sender-needed',
    'Say which sender the text comes from: there are several.',
    { place: 'sender' },
  );
}
