import type { Trigger } from '#flows/definition/schema.ts';

/** The senders on which one of these triggers listens. */
export const listeningSenders = <Sender extends { address: string }>(
  triggers: readonly Trigger[],
  senders: readonly Sender[],
): Sender[] =>
  senders.filter(({ address }) => triggers.some(({ sender }) => sender === '*' || sender === address));
